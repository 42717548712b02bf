CREATE TABLE `call_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`call_id` text NOT NULL,
	`result` text NOT NULL,
	`note` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_attempt_call` ON `call_attempt` (`call_id`);--> statement-breakpoint
CREATE TABLE `call_error` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`call_id` text NOT NULL,
	`in_error` integer NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_error_call` ON `call_error` (`call_id`);--> statement-breakpoint
CREATE TABLE `call_filter` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`filter` text NOT NULL,
	`created_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_filter_owner` ON `call_filter` (`owner_id`,`name`);--> statement-breakpoint
CREATE TABLE `call_flag` (
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
	`earlier_call_id` text NOT NULL,
	`why` text NOT NULL,
	`owner_id` text NOT NULL,
	`answered_at` text NOT NULL,
	`answer` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_flag_call` ON `call_flag` (`call_id`);--> statement-breakpoint
CREATE INDEX `call_flag_owner` ON `call_flag` (`owner_id`,`answered_at`);--> statement-breakpoint
CREATE INDEX `call_flag_open` ON `call_flag` (`answered_at`,`created_at`);--> statement-breakpoint
CREATE TABLE `call_hand_over` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`call_id` text NOT NULL,
	`kind` text NOT NULL,
	`to_id` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_hand_over_call` ON `call_hand_over` (`call_id`);--> statement-breakpoint
CREATE TABLE `call_link` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`call_id` text NOT NULL,
	`earlier_call_id` text NOT NULL,
	`kind` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_link_call` ON `call_link` (`call_id`);--> statement-breakpoint
CREATE INDEX `call_link_earlier` ON `call_link` (`earlier_call_id`);--> statement-breakpoint
CREATE TABLE `call_loop` (
	`id` text PRIMARY KEY NOT NULL,
	`call_id` text NOT NULL,
	`kind` text NOT NULL,
	`since` text NOT NULL,
	`owner_id` text NOT NULL,
	`hub_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_loop_call` ON `call_loop` (`call_id`);--> statement-breakpoint
CREATE INDEX `call_loop_since` ON `call_loop` (`kind`,`since`,`call_id`);--> statement-breakpoint
CREATE INDEX `call_loop_owner` ON `call_loop` (`owner_id`,`kind`,`since`);--> statement-breakpoint
CREATE TABLE `call_referral` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`call_id` text NOT NULL,
	`answer` text NOT NULL,
	`referred_on` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `call`(`id`) DEFERRABLE INITIALLY DEFERRED
) STRICT;
--> statement-breakpoint
CREATE INDEX `call_referral_call` ON `call_referral` (`call_id`);--> statement-breakpoint
DROP INDEX `call_action_owner`;--> statement-breakpoint
ALTER TABLE `call_action` ADD `done_note` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `call_action_due` ON `call_action` (`done_at`,`by_when`);--> statement-breakpoint
CREATE INDEX `call_action_owner` ON `call_action` (`owner_id`,`done_at`,`by_when`);--> statement-breakpoint
CREATE INDEX `call_figures` ON `call` (`took_place_at`,`line`,`outcome`,`level`,`in_hours`,`gate`,`other_kind`,`school_id`,`hub_id`,`id`);--> statement-breakpoint
UPDATE call_draft SET body = json_set(body, '$.links', json('[]'));
--> statement-breakpoint
INSERT INTO setting (id, hub_id, created_at, created_by, device_id, row_version, updated_at, updated_by, kind, key, value, valid_from, valid_to, provisional, source)
SELECT '28b6725f-2b00-5383-8524-4ab3d0c00044', hub_id, created_at, created_by, device_id, 1, created_at, created_by, 'follow-up', 'hub',
  '{"earlierCallsDays":90,"twoConcernsDays":14,"callBackWorkingDays":1,"referralWorkingDays":10}', '2019-12-01', '', 1,
  'Product decision; a call-back within one working day is from the 2016 procedures'
FROM setting WHERE kind = 'screen' AND key = 'desk' ORDER BY created_at, id LIMIT 1;
