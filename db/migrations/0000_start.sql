CREATE TABLE `account` (
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
	`profession` text NOT NULL,
	`status` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `account_role` (
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
	`account_id` text NOT NULL,
	`role` text NOT NULL,
	`local_hub_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `account_role_account` ON `account_role` (`account_id`);--> statement-breakpoint
CREATE TABLE `agency` (
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
	`kind` text NOT NULL,
	`phone` text NOT NULL,
	`address` text NOT NULL,
	`sort_key` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `agency_sorted` ON `agency` (`sort_key`,`id`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`sequence` integer NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`device_id` text NOT NULL,
	`operation` text NOT NULL,
	`subject_ids` text NOT NULL,
	`reason` text NOT NULL,
	`result` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_chain` ON `audit` (`device_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (`actor_id`,`at`);--> statement-breakpoint
CREATE TABLE `audit_subject` (
	`id` text PRIMARY KEY NOT NULL,
	`audit_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_subject_subject` ON `audit_subject` (`subject_id`,`at`);--> statement-breakpoint
CREATE TABLE `call` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`reference` text NOT NULL,
	`line` text NOT NULL,
	`caller_kind` text NOT NULL,
	`other_kind` text NOT NULL,
	`school_id` text NOT NULL,
	`school_name` text NOT NULL,
	`school_town` text NOT NULL,
	`school_to_check` integer NOT NULL,
	`assessment_confirmed_by` text NOT NULL,
	`gate` text NOT NULL,
	`signpost` text NOT NULL,
	`caller_name` text NOT NULL,
	`caller_role` text NOT NULL,
	`caller_phone` text NOT NULL,
	`caller_digits` text NOT NULL,
	`may_leave_message` integer NOT NULL,
	`consulted_continuum` integer NOT NULL,
	`spoke_to_lead` integer NOT NULL,
	`parents_know` text NOT NULL,
	`concern` text NOT NULL,
	`level` text NOT NULL,
	`level_name` text NOT NULL,
	`level_why` text NOT NULL,
	`advice` text NOT NULL,
	`disagreement` text NOT NULL,
	`outcome` text NOT NULL,
	`adviser_profession` text NOT NULL,
	`started_at` text NOT NULL,
	`took_place_at` text NOT NULL,
	`set_back_reason` text NOT NULL,
	`booked_at` text NOT NULL,
	`danger_read_at` text NOT NULL,
	`seconds` integer NOT NULL,
	`in_hours` integer NOT NULL,
	`rules_version` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_filed` ON `call` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `call_hub_filed` ON `call` (`hub_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `call_author_filed` ON `call` (`created_by`,`created_at`);--> statement-breakpoint
CREATE INDEX `call_school_filed` ON `call` (`school_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `call_action` (
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
	`call_id` text NOT NULL,
	`position` integer NOT NULL,
	`what` text NOT NULL,
	`who` text NOT NULL,
	`owner_id` text NOT NULL,
	`by_when` text NOT NULL,
	`done_at` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_action_call` ON `call_action` (`call_id`);--> statement-breakpoint
CREATE INDEX `call_action_owner` ON `call_action` (`owner_id`,`done_at`);--> statement-breakpoint
CREATE TABLE `call_addendum` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`call_id` text NOT NULL,
	`field` text NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_addendum_call` ON `call_addendum` (`call_id`);--> statement-breakpoint
CREATE TABLE `call_child` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`call_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`birth_text` text NOT NULL,
	`birth_date` text NOT NULL,
	`age_years` integer,
	`upn` text NOT NULL,
	`relation` text NOT NULL,
	`address` text NOT NULL,
	`postcode` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_child_call` ON `call_child` (`call_id`);--> statement-breakpoint
CREATE TABLE `call_draft` (
	`call_id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`started_at` text NOT NULL,
	`saved_at` text NOT NULL,
	`saves` integer NOT NULL,
	`body` text NOT NULL,
	`set_aside_at` text NOT NULL,
	`set_aside_reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_draft_owner` ON `call_draft` (`owner_id`,`set_aside_at`);--> statement-breakpoint
CREATE TABLE `call_search` (
	`docid` integer PRIMARY KEY NOT NULL,
	`call_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `call_search_call_id_unique` ON `call_search` (`call_id`);--> statement-breakpoint
CREATE TABLE `counter` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `sync_conflict` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`field` text NOT NULL,
	`base` text NOT NULL,
	`theirs` text NOT NULL,
	`mine` text NOT NULL,
	`device_id` text NOT NULL,
	`created_by` text NOT NULL,
	`resolved_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `write_rejection` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`operation` text NOT NULL,
	`row_id` text NOT NULL,
	`reason` text NOT NULL,
	`content` text NOT NULL,
	`device_id` text NOT NULL,
	`created_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `school` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`school_id` text NOT NULL,
	`import_id` text NOT NULL,
	`urn` text NOT NULL,
	`name` text NOT NULL,
	`type_group` text NOT NULL,
	`type_name` text NOT NULL,
	`status` text NOT NULL,
	`address` text NOT NULL,
	`town` text NOT NULL,
	`postcode` text NOT NULL,
	`district` text NOT NULL,
	`phone` text NOT NULL,
	`lead_name` text NOT NULL,
	`to_check` integer NOT NULL,
	`sort_key` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `school_versions` ON `school` (`school_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `school_sorted` ON `school` (`sort_key`,`id`);--> statement-breakpoint
CREATE INDEX `school_urn` ON `school` (`urn`);--> statement-breakpoint
CREATE INDEX `school_to_check` ON `school` (`to_check`);--> statement-breakpoint
CREATE TABLE `school_import` (
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
	`done_at` text NOT NULL,
	`added` integer NOT NULL,
	`changed` integer NOT NULL,
	`refused` integer NOT NULL,
	`other_authorities` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `school_search` (
	`docid` integer PRIMARY KEY NOT NULL,
	`version_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `school_search_version_id_unique` ON `school_search` (`version_id`);--> statement-breakpoint
CREATE TABLE `setting` (
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
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text NOT NULL,
	`provisional` integer NOT NULL,
	`source` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `setting_kind` ON `setting` (`kind`,`key`,`valid_from`);