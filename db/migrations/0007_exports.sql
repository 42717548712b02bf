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
ALTER TABLE `export_under_way` ADD `subject_ids` text DEFAULT '' NOT NULL;