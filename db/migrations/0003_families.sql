CREATE TABLE `agreement` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`decision` text NOT NULL,
	`by_person_id` text NOT NULL,
	`by_name` text NOT NULL,
	`relation` text NOT NULL,
	`capacity` text NOT NULL,
	`capacity_note` text NOT NULL,
	`route` text NOT NULL,
	`take_part` integer NOT NULL,
	`share` integer NOT NULL,
	`agency_ids` text NOT NULL,
	`decided_on` text NOT NULL,
	`review_on` text NOT NULL,
	`reason` text NOT NULL,
	`denied_note` text NOT NULL,
	`safety_concern` text NOT NULL,
	`prompt` text NOT NULL,
	`through_person_id` text NOT NULL,
	`note` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `agreement_family` ON `agreement` (`family_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `agreement_review` ON `agreement` (`review_on`,`family_id`);--> statement-breakpoint
CREATE TABLE `assessment_check` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`reference` text NOT NULL,
	`caller_name` text NOT NULL,
	`caller_role` text NOT NULL,
	`employer` text NOT NULL,
	`employer_id` text NOT NULL,
	`employer_name` text NOT NULL,
	`main_number` text NOT NULL,
	`agreed_by` text NOT NULL,
	`agreed_relation` text NOT NULL,
	`agreed_on` text NOT NULL,
	`agreed_how` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `assessment_check_at` ON `assessment_check` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `assessment_check_by` ON `assessment_check` (`created_by`);--> statement-breakpoint
CREATE TABLE `check_answer` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`check_id` text NOT NULL,
	`answer` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`keyworker_name` text NOT NULL,
	`keyworker_agency` text NOT NULL,
	`keyworker_phone` text NOT NULL,
	`ask_for` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `check_answer_check` ON `check_answer` (`check_id`);--> statement-breakpoint
CREATE TABLE `check_child` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`check_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`birth_text` text NOT NULL,
	`birth_date` text NOT NULL,
	`age_years` integer,
	`upn` text NOT NULL,
	`relation` text NOT NULL,
	`address` text NOT NULL,
	`postcode` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `check_child_check` ON `check_child` (`check_id`);--> statement-breakpoint
CREATE TABLE `check_disclosure` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`check_id` text NOT NULL,
	`what` text NOT NULL,
	`to_name` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `check_disclosure_check` ON `check_disclosure` (`check_id`);--> statement-breakpoint
CREATE TABLE `check_ending` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`check_id` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`to_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `check_ending_check` ON `check_ending` (`check_id`);--> statement-breakpoint
CREATE INDEX `check_ending_to` ON `check_ending` (`to_id`);--> statement-breakpoint
CREATE TABLE `check_try` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`check_id` text NOT NULL,
	`method` text NOT NULL,
	`number` text NOT NULL,
	`person_asked_for` text NOT NULL,
	`result` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `check_try_check` ON `check_try` (`check_id`);--> statement-breakpoint
CREATE TABLE `episode` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`reference` text NOT NULL,
	`registered_on` text NOT NULL,
	`reason` text NOT NULL,
	`previous_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `episode_family` ON `episode` (`family_id`);--> statement-breakpoint
CREATE INDEX `episode_reference` ON `episode` (`reference`);--> statement-breakpoint
CREATE TABLE `episode_closure` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`closed_on` text NOT NULL,
	`closure_reason` text NOT NULL,
	`withdrawal_reason` text NOT NULL,
	`agreement_id` text NOT NULL,
	`advice_sought` integer NOT NULL,
	`signposted` integer NOT NULL,
	`note` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `episode_closure_episode` ON `episode_closure` (`episode_id`);--> statement-breakpoint
CREATE TABLE `episode_date` (
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
	`kind` text NOT NULL,
	`due_on` text NOT NULL,
	`note` text NOT NULL,
	`ending` text NOT NULL,
	`ended_at` text NOT NULL,
	`ended_why` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `episode_date_episode` ON `episode_date` (`episode_id`);--> statement-breakpoint
CREATE INDEX `episode_date_due` ON `episode_date` (`ending`,`due_on`);--> statement-breakpoint
CREATE TABLE `episode_keyworker` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `episode_keyworker_episode` ON `episode_keyworker` (`episode_id`);--> statement-breakpoint
CREATE INDEX `episode_keyworker_practitioner` ON `episode_keyworker` (`practitioner_id`);--> statement-breakpoint
CREATE TABLE `chronology` (
	`id` text PRIMARY KEY NOT NULL,
	`subject_id` text NOT NULL,
	`kind` text NOT NULL,
	`on_day` text NOT NULL,
	`place` text NOT NULL,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	`body` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `chronology_subject` ON `chronology` (`subject_id`,`place`);--> statement-breakpoint
CREATE TABLE `fact` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`of_id` text NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text NOT NULL,
	`in_error` integer NOT NULL,
	`reason` text NOT NULL,
	`merge_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `fact_subject` ON `fact` (`subject_id`);--> statement-breakpoint
CREATE INDEX `fact_of` ON `fact` (`of_id`);--> statement-breakpoint
CREATE TABLE `family` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`reference` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `family_reference` ON `family` (`reference`);--> statement-breakpoint
CREATE INDEX `family_registered` ON `family` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `family_access` (
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
	`fact_id` text NOT NULL,
	`reason` text NOT NULL,
	`owner_id` text NOT NULL,
	`seen_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `family_access_family` ON `family_access` (`family_id`,`created_by`,`created_at`);--> statement-breakpoint
CREATE INDEX `family_access_owner` ON `family_access` (`owner_id`,`seen_at`);--> statement-breakpoint
CREATE TABLE `family_index` (
	`family_id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_by` text NOT NULL,
	`named` text NOT NULL,
	`registered_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `family_index_hub` ON `family_index` (`hub_id`,`registered_at`,`family_id`);--> statement-breakpoint
CREATE TABLE `family_member` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`of_id` text NOT NULL,
	`family_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text NOT NULL,
	`in_error` integer NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `family_member_family` ON `family_member` (`family_id`);--> statement-breakpoint
CREATE INDEX `family_member_person` ON `family_member` (`person_id`);--> statement-breakpoint
CREATE INDEX `family_member_of` ON `family_member` (`of_id`);--> statement-breakpoint
CREATE TABLE `form_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`saved_at` text NOT NULL,
	`saves` integer NOT NULL,
	`body` text NOT NULL,
	`set_aside_at` text NOT NULL,
	`set_aside_reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `form_draft_owner` ON `form_draft` (`owner_id`,`set_aside_at`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `person_choice` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`about` text NOT NULL,
	`about_id` text NOT NULL,
	`call_id` text NOT NULL,
	`person_id` text NOT NULL,
	`shown` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `person_choice_about` ON `person_choice` (`about_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `person_choice_call` ON `person_choice` (`call_id`);--> statement-breakpoint
CREATE INDEX `person_choice_person` ON `person_choice` (`person_id`);--> statement-breakpoint
CREATE TABLE `person_index` (
	`docid` integer PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kept_id` text NOT NULL,
	`card` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `person_index_person_id_unique` ON `person_index` (`person_id`);--> statement-breakpoint
CREATE INDEX `person_index_kept` ON `person_index` (`kept_id`);--> statement-breakpoint
CREATE TABLE `person_merge` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`kept_id` text NOT NULL,
	`merged_id` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `person_merge_kept` ON `person_merge` (`kept_id`);--> statement-breakpoint
CREATE INDEX `person_merge_merged` ON `person_merge` (`merged_id`);--> statement-breakpoint
CREATE TABLE `person_pair` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`one_id` text NOT NULL,
	`other_id` text NOT NULL,
	`strength` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `person_pair_found` ON `person_pair` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `person_pair_one` ON `person_pair` (`one_id`);--> statement-breakpoint
CREATE TABLE `person_unmerge` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`merge_id` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `person_unmerge_merge` ON `person_unmerge` (`merge_id`);--> statement-breakpoint
CREATE TABLE `practitioner` (
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
	`name` text NOT NULL,
	`role` text NOT NULL,
	`employer` text NOT NULL,
	`employer_id` text NOT NULL,
	`phone` text NOT NULL,
	`email` text NOT NULL,
	`trained_on` text NOT NULL,
	`standards_on` text NOT NULL,
	`registered_on` text NOT NULL,
	`sort_key` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `practitioner_sorted` ON `practitioner` (`sort_key`,`id`);--> statement-breakpoint
ALTER TABLE `call` ADD `assessment_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE VIRTUAL TABLE `person_words` USING fts5(words, scope, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3');
--> statement-breakpoint
UPDATE call_draft SET body = json_set(body, '$.assessmentId', '');
