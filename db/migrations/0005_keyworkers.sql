CREATE TABLE `cover` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`why` text NOT NULL,
	`absence_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `cover_practitioner` ON `cover` (`practitioner_id`,`to_day`);--> statement-breakpoint
CREATE INDEX `cover_days` ON `cover` (`to_day`);--> statement-breakpoint
CREATE TABLE `cover_part` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`cover_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`row_id` text NOT NULL,
	`from_team` integer NOT NULL,
	`told_on` text NOT NULL,
	`not_told_why` text NOT NULL,
	`note` text NOT NULL,
	`reassignment_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `cover_part_cover` ON `cover_part` (`cover_id`);--> statement-breakpoint
CREATE INDEX `cover_part_episode` ON `cover_part` (`episode_id`);--> statement-breakpoint
CREATE INDEX `cover_part_practitioner` ON `cover_part` (`practitioner_id`);--> statement-breakpoint
CREATE INDEX `cover_part_days` ON `cover_part` (`to_day`);--> statement-breakpoint
CREATE TABLE `keyworker_end` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`row_id` text NOT NULL,
	`last_day` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `keyworker_end_row` ON `keyworker_end` (`row_id`);--> statement-breakpoint
CREATE INDEX `keyworker_end_episode` ON `keyworker_end` (`episode_id`);--> statement-breakpoint
CREATE TABLE `keyworker_span` (
	`span_id` text PRIMARY KEY NOT NULL,
	`episode_id` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`row_id` text NOT NULL,
	`is_cover` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `keyworker_span_episode` ON `keyworker_span` (`episode_id`,`to_day`,`from_day`,`practitioner_id`);--> statement-breakpoint
CREATE INDEX `keyworker_span_practitioner` ON `keyworker_span` (`practitioner_id`,`to_day`,`from_day`,`episode_id`);--> statement-breakpoint
CREATE TABLE `case_export` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`reference` text NOT NULL,
	`family_id` text NOT NULL,
	`scope` text NOT NULL,
	`subject_id` text NOT NULL,
	`format` text NOT NULL,
	`sharing_id` text NOT NULL,
	`receiver_id` text NOT NULL,
	`purpose` text NOT NULL,
	`is_protected` integer NOT NULL,
	`open_reason` text NOT NULL,
	`included` integer NOT NULL,
	`excluded` integer NOT NULL,
	`content_sha256` text NOT NULL,
	`file_sha256` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_export_family` ON `case_export` (`family_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `export_under_way` (
	`id` text PRIMARY KEY NOT NULL,
	`path` text NOT NULL,
	`family_id` text NOT NULL,
	`began_at` text NOT NULL,
	`actor` text NOT NULL,
	`ending` text NOT NULL,
	`is_told` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `advice` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`asked_on` text NOT NULL,
	`asked_whom` text NOT NULL,
	`question` text NOT NULL,
	`answer` text NOT NULL,
	`answers_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `advice_family` ON `advice` (`family_id`);--> statement-breakpoint
CREATE TABLE `letter` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`about_id` text NOT NULL,
	`template_id` text NOT NULL,
	`template_name` text NOT NULL,
	`on_day` text NOT NULL,
	`to_person_id` text NOT NULL,
	`to_name` text NOT NULL,
	`address` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `letter_family` ON `letter` (`family_id`);--> statement-breakpoint
CREATE INDEX `letter_episode` ON `letter` (`episode_id`);--> statement-breakpoint
CREATE TABLE `absence` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`updated_at` text NOT NULL,
	`updated_by` text NOT NULL,
	`deleted_at` text,
	`deleted_by` text,
	`practitioner_id` text NOT NULL,
	`kind` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`note` text NOT NULL,
	`cancelled_why` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `absence_practitioner` ON `absence` (`practitioner_id`,`to_day`);--> statement-breakpoint
CREATE TABLE `working_pattern` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`valid_from` text NOT NULL,
	`weekdays` text NOT NULL,
	`term_time_only` integer NOT NULL,
	`full_time_families` integer NOT NULL,
	`districts` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `working_pattern_practitioner` ON `working_pattern` (`practitioner_id`,`valid_from`);--> statement-breakpoint
CREATE TABLE `reassignment` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`from_day` text NOT NULL,
	`why` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `reassignment_practitioner` ON `reassignment` (`practitioner_id`);--> statement-breakpoint
CREATE TABLE `transfer` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`below_threshold` text NOT NULL,
	`requested_on` text NOT NULL,
	`note` text NOT NULL,
	`authority` text NOT NULL,
	`authority_name` text NOT NULL,
	`reassignment_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `transfer_episode` ON `transfer` (`episode_id`);--> statement-breakpoint
CREATE INDEX `transfer_family` ON `transfer` (`family_id`);--> statement-breakpoint
CREATE TABLE `transfer_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`transfer_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`given` text NOT NULL,
	`note_ids` text NOT NULL,
	`on_day` text NOT NULL,
	`note` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `transfer_notes_transfer` ON `transfer_notes` (`transfer_id`);--> statement-breakpoint
CREATE TABLE `transfer_step` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`transfer_id` text NOT NULL,
	`step` text NOT NULL,
	`on_day` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`who` text NOT NULL,
	`how` text NOT NULL,
	`note` text NOT NULL,
	`agreed_on` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `transfer_step_transfer` ON `transfer_step` (`transfer_id`);--> statement-breakpoint
CREATE INDEX `transfer_step_episode` ON `transfer_step` (`episode_id`);--> statement-breakpoint
CREATE INDEX `transfer_step_practitioner` ON `transfer_step` (`practitioner_id`);--> statement-breakpoint
DROP INDEX `episode_now_practitioner`;--> statement-breakpoint
DROP INDEX `episode_now_hub`;--> statement-breakpoint
DELETE FROM `episode_now`;--> statement-breakpoint
ALTER TABLE `episode_now` ADD `owned_from` text NOT NULL;--> statement-breakpoint
CREATE INDEX `episode_now_hub` ON `episode_now` (`closed_on`,`hub_id`,`registered_on`,`episode_id`,`owned_from`,`next_on`,`finalised_on`,`first_meeting_on`,`last_meeting_on`);--> statement-breakpoint
ALTER TABLE `episode_now` DROP COLUMN `practitioner_id`;--> statement-breakpoint
ALTER TABLE `episode_now` DROP COLUMN `last_note_at`;--> statement-breakpoint
DROP INDEX `case_note_episode`;--> statement-breakpoint
DROP INDEX `case_note_family`;--> statement-breakpoint
CREATE INDEX `case_note_family` ON `case_note` (`family_id`,`happened_at`,`id`,`episode_id`,`created_at`);--> statement-breakpoint
DROP INDEX `case_note_person_person`;--> statement-breakpoint
DROP INDEX `episode_family`;--> statement-breakpoint
CREATE INDEX `episode_family` ON `episode` (`family_id`,`id`);--> statement-breakpoint
ALTER TABLE `episode_keyworker` ADD `kind` text DEFAULT 'named' NOT NULL;--> statement-breakpoint
ALTER TABLE `episode_keyworker` ADD `over_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `episode_keyworker` ADD `source_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `practitioner` ADD `left_on` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `practitioner` ADD `left_why` text DEFAULT '' NOT NULL;--> statement-breakpoint
INSERT INTO setting (id, hub_id, created_at, created_by, device_id, row_version, updated_at, updated_by, kind, key, value, valid_from, valid_to, provisional, source)
SELECT new.column1, first.hub_id, first.created_at, first.created_by, first.device_id, 1, first.created_at, first.created_by, new.column2, new.column3,
  new.column4, '2019-12-01', '', new.column5, new.column6
FROM (SELECT * FROM setting WHERE kind = 'screen' AND key = 'desk' ORDER BY created_at, id LIMIT 1) first, (VALUES
  ('207a4943-578c-5fbc-abf5-c1ea4249ea03', 'neighbour', 'barnet', '{"name":"London Borough of Barnet","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('862578d0-6c7b-54fd-8619-cd770efdbe8d', 'neighbour', 'buckinghamshire', '{"name":"Buckinghamshire","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('b3578e83-ea99-5d59-a2fc-26cbccc9631b', 'neighbour', 'cambridgeshire', '{"name":"Cambridgeshire","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('3a1e8f8c-16d6-5b24-80cc-dc05174e2a05', 'neighbour', 'central-bedfordshire', '{"name":"Central Bedfordshire","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('f16e5bb3-4049-5e72-af96-16c70bdee082', 'neighbour', 'enfield', '{"name":"London Borough of Enfield","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('38210c4d-154c-5e56-8d91-456842d738e6', 'neighbour', 'essex', '{"name":"Essex","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('b47167fb-25ad-5dcd-8edf-baeb231f7e9e', 'neighbour', 'harrow', '{"name":"London Borough of Harrow","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('5576f773-ad5b-5e6a-8711-2e8660e4dd70', 'neighbour', 'hillingdon', '{"name":"London Borough of Hillingdon","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('7008b661-50a0-52b6-b41a-e619fcc1a6ca', 'neighbour', 'luton', '{"name":"Luton","phone":"","contact":""}', 1, 'Public reference data; no number is known'),
  ('db6b6675-dcd5-5b22-ae24-3b2974bc9a97', 'caseload', 'hub', '{"fullTimeFamilies":12}', 1, 'Provisional: not found in any document'),
  ('8d0452f9-7812-5402-9496-b02b143c0000', 'letter-template', 'new-keyworker', '{"name":"Your new keyworker","subject":"Your family has a new keyworker","text":"Dear {{to}}\n\nYour family has a new keyworker from {{changeoverDate}}.\n\nUntil then your keyworker is {{keyworker}}. From {{changeoverDate}} it is {{newKeyworker}} of {{newKeyworkerAgency}}. You can call them on {{newKeyworkerPhone}}.\n\nThe plan that we made together goes on. {{newKeyworker}} would like to meet you at the next meeting of the team.\n\nIf you are not happy with this, or would like to talk about it first, please tell {{keyworker}} on {{keyworkerPhone}}. You can say no to what we share with {{newKeyworker}}, and you can stop at any time.\n\n{{sender}}\nFamilies First, {{hub}}"}', 0, 'Product decision'),
  ('0cb0dd38-d775-5aa9-bf59-db6d46f00df5', 'letter-template', 'keyworker-away', '{"name":"Your keyworker is away","subject":"Somebody else helps you while your keyworker is away","text":"Dear {{to}}\n\n{{keyworker}} is away from {{coverFrom}} to {{coverTo}}.\n\nIn that time {{newKeyworker}} of {{newKeyworkerAgency}} is there for you. You can call them on {{newKeyworkerPhone}}. After that {{keyworker}} is back.\n\nThe plan that we made together goes on. If something in it cannot wait, please tell {{newKeyworker}}.\n\n{{sender}}\nFamilies First, {{hub}}"}', 0, 'Product decision'),
  ('a61fbc16-a8b0-5029-81a6-76c463d6491c', 'letter-template', 'appointment', '{"name":"A meeting of your team","subject":"The next meeting of the team around your family","text":"Dear {{to}}\n\nWe would like to meet you and everybody who helps your family, to talk about how things are going and what comes next.\n\nPlease tell {{keyworker}} on {{keyworkerPhone}} whether the day suits you, whom you would like to bring, and what would make it easier for you to come.\n\n{{sender}}\nFamilies First, {{hub}}"}', 0, 'Product decision'),
  ('801099d8-90bb-5085-b47d-8becbe72461a', 'letter-template', 'closure', '{"name":"Our work with your family ends","subject":"Your Families First Assessment has closed","text":"Dear {{to}}\n\nOur work with your family has come to its end, and the assessment {{reference}} is closed.\n\nThank you for working with us. If you would like help again, please tell any worker or school that you trust.\n\n{{sender}}\nFamilies First, {{hub}}"}', 0, 'Product decision')
) new;
