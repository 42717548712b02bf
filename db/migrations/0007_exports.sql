CREATE TABLE `case_import` (
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
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`reference` text NOT NULL,
	`family_reference` text NOT NULL,
	`exported_at` text NOT NULL,
	`by_name` text NOT NULL,
	`content_sha256` text NOT NULL,
	`notes` integer NOT NULL,
	`done_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_import_family` ON `case_import` (`family_id`);--> statement-breakpoint
CREATE TABLE `imported_item` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`import_id` text NOT NULL,
	`family_id` text NOT NULL,
	`kind` text NOT NULL,
	`item_id` text NOT NULL,
	`position` integer NOT NULL,
	`on_day` text NOT NULL,
	`body` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `imported_item_family` ON `imported_item` (`family_id`,`kind`,`import_id`,`position`);--> statement-breakpoint
CREATE TABLE `imported_origin` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`import_id` text NOT NULL,
	`at` text NOT NULL,
	`by_name` text NOT NULL,
	`episode_id` text NOT NULL,
	`episode_reference` text NOT NULL,
	`after_closing` integer NOT NULL,
	`others` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `imported_origin_import` ON `imported_origin` (`import_id`);--> statement-breakpoint
CREATE TABLE `subject_redaction` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`request_id` text NOT NULL,
	`item_id` text NOT NULL,
	`fate` text NOT NULL,
	`reason` text NOT NULL,
	`note` text NOT NULL,
	`spans` text NOT NULL,
	`without_files` text NOT NULL,
	`item_sha256` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `subject_redaction_of` ON `subject_redaction` (`request_id`,`item_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `subject_request` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`reference` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` text NOT NULL,
	`requester` text NOT NULL,
	`requester_name` text NOT NULL,
	`contact` text NOT NULL,
	`entitled_by` text NOT NULL,
	`received_on` text NOT NULL,
	`answer_by` text NOT NULL,
	`identity_how` text NOT NULL,
	`identity_on` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`wanted` text NOT NULL,
	`owner_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `subject_request_person` ON `subject_request` (`person_id`);--> statement-breakpoint
CREATE TABLE `subject_request_event` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`request_id` text NOT NULL,
	`event` text NOT NULL,
	`on_day` text NOT NULL,
	`to_id` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `subject_request_event_of` ON `subject_request_event` (`request_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `subject_review` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`request_id` text NOT NULL,
	`verdict` text NOT NULL,
	`words` text NOT NULL,
	`items` integer NOT NULL,
	`decisions_sha256` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `subject_review_of` ON `subject_review` (`request_id`,`created_at`,`id`);--> statement-breakpoint
ALTER TABLE `case_export` ADD `receiver_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `case_export` ADD `reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `export_under_way` ADD `operation` text DEFAULT 'export.save' NOT NULL;--> statement-breakpoint
ALTER TABLE `export_under_way` ADD `subject_ids` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE setting SET value = '{"name":"A meeting of your team","subject":"The next meeting of the team around your family","text":"Dear {{to}}\n\nWe would like to meet you and everybody who helps your family, to talk about how things are going and what comes next.\n\nThe meeting is on {{meetingDate}} at {{meetingTime}}. It is here: {{meetingPlace}}\n\nPlease tell {{keyworker}} on {{keyworkerPhone}} whether the day suits you, whom you would like to bring, and what would make it easier for you to come.\n\n{{sender}}\nFamilies First, {{hub}}"}'
  WHERE id = 'a61fbc16-a8b0-5029-81a6-76c463d6491c' AND NOT EXISTS (SELECT 1 FROM setting own WHERE own.kind = 'letter-template' AND own.key = 'appointment' AND own.id <> setting.id);--> statement-breakpoint
UPDATE setting SET value = '{"name":"Our work with your family ends","subject":"Your Families First Assessment has closed","text":"Dear {{to}}\n\nOur work with your family has come to its end. The assessment {{reference}} closed on {{closedDate}}.\n\nWhy it closed: {{closedWhy}}\n\nThank you for working with us. If you have a question about this, please call {{keyworker}} on {{keyworkerPhone}}. If you would like help again, please tell any worker or school that you trust.\n\n{{sender}}\nFamilies First, {{hub}}"}'
  WHERE id = '801099d8-90bb-5085-b47d-8becbe72461a' AND NOT EXISTS (SELECT 1 FROM setting own WHERE own.kind = 'letter-template' AND own.key = 'closure' AND own.id <> setting.id);
