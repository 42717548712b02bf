CREATE TABLE `assessment` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`based_on` text NOT NULL,
	`note` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `assessment_episode` ON `assessment` (`episode_id`);--> statement-breakpoint
CREATE TABLE `assessment_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`assessment_id` text NOT NULL,
	`person_id` text NOT NULL,
	`domain` text NOT NULL,
	`strengths` text NOT NULL,
	`needs` text NOT NULL,
	`views` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `assessment_entry_episode` ON `assessment_entry` (`episode_id`);--> statement-breakpoint
CREATE INDEX `assessment_entry_version` ON `assessment_entry` (`assessment_id`);--> statement-breakpoint
CREATE TABLE `attachment` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`attached_to` text NOT NULL,
	`attached_id` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `attachment_of` ON `attachment` (`attached_id`);--> statement-breakpoint
CREATE INDEX `attachment_family` ON `attachment` (`family_id`);--> statement-breakpoint
CREATE TABLE `check_family` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`check_id` text NOT NULL,
	`family_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `check_family_check` ON `check_family` (`check_id`);--> statement-breakpoint
CREATE TABLE `closure_part` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`closure_id` text NOT NULL,
	`kind` text NOT NULL,
	`position` integer NOT NULL,
	`about_id` text NOT NULL,
	`result` text NOT NULL,
	`who` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `closure_part_closure` ON `closure_part` (`closure_id`);--> statement-breakpoint
CREATE TABLE `episode_level` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`level` text NOT NULL,
	`level_name` text NOT NULL,
	`rationale` text NOT NULL,
	`on_day` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `episode_level_episode` ON `episode_level` (`episode_id`);--> statement-breakpoint
CREATE TABLE `episode_now` (
	`episode_id` text PRIMARY KEY NOT NULL,
	`family_id` text NOT NULL,
	`hub_id` text NOT NULL,
	`closed_on` text NOT NULL,
	`state` text NOT NULL,
	`registered_on` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`finalised_on` text NOT NULL,
	`plan_agreed_on` text NOT NULL,
	`first_meeting_on` text NOT NULL,
	`last_meeting_on` text NOT NULL,
	`next_on` text NOT NULL,
	`last_note_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `episode_now_hub` ON `episode_now` (`closed_on`,`hub_id`,`registered_on`,`episode_id`,`practitioner_id`,`next_on`,`finalised_on`,`first_meeting_on`,`last_meeting_on`);--> statement-breakpoint
CREATE INDEX `episode_now_practitioner` ON `episode_now` (`closed_on`,`practitioner_id`);--> statement-breakpoint
CREATE INDEX `episode_now_family` ON `episode_now` (`family_id`);--> statement-breakpoint
CREATE INDEX `family_index_created` ON `family_index` (`created_by`,`family_id`);--> statement-breakpoint
CREATE INDEX `family_index_named` ON `family_index` (`named`,`family_id`);--> statement-breakpoint
CREATE TABLE `episode_reopening` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`closure_id` text NOT NULL,
	`reopened_on` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `episode_reopening_closure` ON `episode_reopening` (`closure_id`);--> statement-breakpoint
CREATE INDEX `episode_reopening_episode` ON `episode_reopening` (`episode_id`);--> statement-breakpoint
CREATE TABLE `episode_step` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`step` text NOT NULL,
	`on_day` text NOT NULL,
	`note` text NOT NULL,
	`several_agencies` text NOT NULL,
	`progressing_well` text NOT NULL,
	`already_identified` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `episode_step_episode` ON `episode_step` (`episode_id`);--> statement-breakpoint
CREATE TABLE `rule_override` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`rule` text NOT NULL,
	`about_id` text NOT NULL,
	`due_on` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `rule_override_episode` ON `rule_override` (`episode_id`);--> statement-breakpoint
CREATE INDEX `rule_override_rule` ON `rule_override` (`rule`,`created_at`);--> statement-breakpoint
CREATE TABLE `family_import` (
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
	`file_name` text NOT NULL,
	`file_sha256` text NOT NULL,
	`families` integer NOT NULL,
	`people` integer NOT NULL,
	`stored_at` text NOT NULL,
	`done_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `imported_family` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`import_id` text NOT NULL,
	`source_key` text NOT NULL,
	`digest` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `imported_family_import` ON `imported_family` (`import_id`);--> statement-breakpoint
CREATE TABLE `meeting` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`kind` text NOT NULL,
	`on_day` text NOT NULL,
	`starts_at` text NOT NULL,
	`place` text NOT NULL,
	`agenda` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_episode` ON `meeting` (`episode_id`);--> statement-breakpoint
CREATE INDEX `meeting_day` ON `meeting` (`on_day`);--> statement-breakpoint
CREATE TABLE `meeting_attendance` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`member_id` text NOT NULL,
	`attendance` text NOT NULL,
	`note` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_attendance_meeting` ON `meeting_attendance` (`meeting_id`);--> statement-breakpoint
CREATE TABLE `meeting_copy` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`given_on` text NOT NULL,
	`to_whom` text NOT NULL,
	`how` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_copy_meeting` ON `meeting_copy` (`meeting_id`);--> statement-breakpoint
CREATE TABLE `meeting_invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`member_id` text NOT NULL,
	`how` text NOT NULL,
	`invited_on` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_invitation_meeting` ON `meeting_invitation` (`meeting_id`);--> statement-breakpoint
CREATE TABLE `meeting_record` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`held_on` text NOT NULL,
	`record` text NOT NULL,
	`decisions` text NOT NULL,
	`family_views` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `meeting_record_meeting` ON `meeting_record` (`meeting_id`);--> statement-breakpoint
CREATE INDEX `meeting_record_episode` ON `meeting_record` (`episode_id`);--> statement-breakpoint
CREATE TABLE `team_member` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`of_id` text NOT NULL,
	`person_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`employer` text NOT NULL,
	`employer_id` text NOT NULL,
	`phone` text NOT NULL,
	`email` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text NOT NULL,
	`in_error` integer NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `team_member_episode` ON `team_member` (`episode_id`);--> statement-breakpoint
CREATE INDEX `team_member_of` ON `team_member` (`of_id`);--> statement-breakpoint
CREATE INDEX `team_member_practitioner` ON `team_member` (`practitioner_id`);--> statement-breakpoint
CREATE TABLE `case_note` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`kind` text NOT NULL,
	`happened_at` text NOT NULL,
	`adds_to` text NOT NULL,
	`words` text NOT NULL,
	`childs_voice` text NOT NULL,
	`present` text NOT NULL,
	`family_may_see` integer NOT NULL,
	`restricted_why` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_note_episode` ON `case_note` (`episode_id`,`happened_at`,`id`);--> statement-breakpoint
CREATE INDEX `case_note_family` ON `case_note` (`family_id`,`happened_at`,`id`);--> statement-breakpoint
CREATE INDEX `case_note_adds` ON `case_note` (`adds_to`);--> statement-breakpoint
CREATE TABLE `case_note_person` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`note_id` text NOT NULL,
	`person_id` text NOT NULL,
	`is_about` integer NOT NULL,
	`was_present` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_note_person_note` ON `case_note_person` (`note_id`);--> statement-breakpoint
CREATE INDEX `case_note_person_person` ON `case_note_person` (`person_id`);--> statement-breakpoint
CREATE TABLE `note_search` (
	`docid` integer PRIMARY KEY NOT NULL,
	`note_id` text NOT NULL,
	`family_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `note_search_note_id_unique` ON `note_search` (`note_id`);--> statement-breakpoint
CREATE TABLE `plan_action` (
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
	`outcome_id` text NOT NULL,
	`words` text NOT NULL,
	`owner` text NOT NULL,
	`owner_id` text NOT NULL,
	`owner_name` text NOT NULL,
	`due_on` text NOT NULL,
	`ended_on` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `plan_action_episode` ON `plan_action` (`episode_id`);--> statement-breakpoint
CREATE INDEX `plan_action_outcome` ON `plan_action` (`outcome_id`);--> statement-breakpoint
CREATE INDEX `plan_action_due` ON `plan_action` (`ended_on`,`due_on`);--> statement-breakpoint
CREATE TABLE `plan_change` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`outcome_id` text NOT NULL,
	`action_id` text NOT NULL,
	`version` integer NOT NULL,
	`words` text NOT NULL,
	`person_id` text NOT NULL,
	`owner_name` text NOT NULL,
	`due_on` text NOT NULL,
	`ending` text NOT NULL,
	`why` text NOT NULL,
	`on_day` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `plan_change_outcome` ON `plan_change` (`outcome_id`);--> statement-breakpoint
CREATE INDEX `plan_change_episode` ON `plan_change` (`episode_id`);--> statement-breakpoint
CREATE TABLE `plan_outcome` (
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
	`words` text NOT NULL,
	`person_id` text NOT NULL,
	`ending` text NOT NULL,
	`ended_on` text NOT NULL,
	`ended_why` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `plan_outcome_episode` ON `plan_outcome` (`episode_id`);--> statement-breakpoint
CREATE TABLE `plan_progress` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`action_id` text NOT NULL,
	`progress` text NOT NULL,
	`on_day` text NOT NULL,
	`words` text NOT NULL,
	`evidence` text NOT NULL,
	`member_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `plan_progress_action` ON `plan_progress` (`action_id`);--> statement-breakpoint
CREATE INDEX `plan_progress_episode` ON `plan_progress` (`episode_id`);--> statement-breakpoint
CREATE TABLE `plan_score` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`outcome_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`on_day` text NOT NULL,
	`score` integer NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `plan_score_outcome` ON `plan_score` (`outcome_id`);--> statement-breakpoint
CREATE INDEX `plan_score_episode` ON `plan_score` (`episode_id`);--> statement-breakpoint
CREATE TABLE `sharing` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`agency_id` text NOT NULL,
	`agency_name` text NOT NULL,
	`person_there` text NOT NULL,
	`person_ids` text NOT NULL,
	`what` text NOT NULL,
	`purpose` text NOT NULL,
	`how` text NOT NULL,
	`shared_on` text NOT NULL,
	`agreement_id` text NOT NULL,
	`is_agreed` integer NOT NULL,
	`ground` text NOT NULL,
	`advised_by` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sharing_family` ON `sharing` (`family_id`,`shared_on`);--> statement-breakpoint
ALTER TABLE `episode` ADD `goes_on_because` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `episode_closure` ADD `kind` text DEFAULT 'closed' NOT NULL;--> statement-breakpoint
ALTER TABLE `episode_closure` ADD `could_transfer` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `episode_closure` ADD `transfer_note` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `episode_closure` ADD `step_out_advice` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE VIRTUAL TABLE `note_words` USING fts5(words, scope, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3');
--> statement-breakpoint
UPDATE form_draft SET body = json_set(body, '$.goesOnBecause', '') WHERE kind IN ('registration', 'agreement');
--> statement-breakpoint
INSERT INTO setting (id, hub_id, created_at, created_by, device_id, row_version, updated_at, updated_by, kind, key, value, valid_from, valid_to, provisional, source)
SELECT new.column1, first.hub_id, first.created_at, first.created_by, first.device_id, 1, first.created_at, first.created_by, new.column2, new.column3,
  new.column4, '2019-12-01', '', new.column5, new.column6
FROM (SELECT * FROM setting WHERE kind = 'screen' AND key = 'desk' ORDER BY created_at, id LIMIT 1) first, (VALUES
  ('9ac53ea4-82ff-5bee-bf66-eb4386b7e5c5', 'assessment', 'hub', '{"finaliseDays":21,"firstMeetingDays":42,"reviewDays":42,"recordWorkingDays":3,"copyWorkingDays":5}', 1, 'Hertfordshire: before you start a Families First Assessment (3 weeks to finalise); timescales for completing one'),
  ('81b57d73-4321-5050-a44f-6fd92232777d', 'note-template', 'home-visit', '{"name":"Home visit","noteKind":"visit","text":"Why I visited:\nWho I saw, and who I did not see:\nWhat I saw of the home:\nWhat was said:\nWhat we agreed, by whom and by when:"}', 0, 'Product decision'),
  ('94c50b3f-3f32-5e99-a2d0-334f8d6d2bef', 'note-template', 'phone-call', '{"name":"Phone call","noteKind":"call","text":"Who called whom, and why:\nWhat was said:\nWhat we agreed:"}', 0, 'Product decision'),
  ('6f8ba992-32b3-5fd7-9825-948fb588513c', 'note-template', 'professionals-meeting', '{"name":"Meeting","noteKind":"meeting","text":"Purpose:\nWhat was said:\nWhat was decided:"}', 0, 'Product decision'),
  ('c6a16811-ba67-5531-9555-11025fdad42e', 'note-template', 'e-mail', '{"name":"E-mail","noteKind":"e-mail","text":"From and to:\nWhat it said:\nWhat I did about it:"}', 0, 'Product decision'),
  ('458e3273-a644-5259-a89f-9e0f5459f2fe', 'note-template', 'decision', '{"name":"Decision","noteKind":"decision","text":"What was decided:\nWhy, and what else was considered:\nWhat the family thinks:\nWhat happens next:"}', 0, 'Product decision'),
  ('1f9f65f7-1080-53bf-87fa-8e7789749afd', 'note-template', 'supervision', '{"name":"Supervision","noteKind":"management-oversight","text":"What I looked at:\nWhat goes well:\nWhat worries me:\nWhat I ask for, by whom and by when:"}', 0, 'Product decision')
) new;
