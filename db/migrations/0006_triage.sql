CREATE TABLE `imported_step_down` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`import_id` text NOT NULL,
	`source_key` text NOT NULL,
	`digest` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `imported_step_down_import` ON `imported_step_down` (`import_id`);--> statement-breakpoint
CREATE INDEX `imported_step_down_source` ON `imported_step_down` (`source_key`);--> statement-breakpoint
CREATE TABLE `step_down` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`reference` text NOT NULL,
	`received_at` text NOT NULL,
	`source_key` text NOT NULL,
	`import_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_source` ON `step_down` (`source_key`);--> statement-breakpoint
CREATE INDEX `step_down_reference` ON `step_down` (`reference`);--> statement-breakpoint
CREATE INDEX `step_down_received` ON `step_down` (`received_at`);--> statement-breakpoint
CREATE TABLE `step_down_allocation` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`decision_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`load_before` integer NOT NULL,
	`load_after` integer NOT NULL,
	`over_reason` text NOT NULL,
	`outside_reason` text NOT NULL,
	`place` integer NOT NULL,
	`why` text NOT NULL,
	`note` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_allocation_of` ON `step_down_allocation` (`step_down_id`);--> statement-breakpoint
CREATE INDEX `step_down_allocation_practitioner` ON `step_down_allocation` (`practitioner_id`);--> statement-breakpoint
CREATE TABLE `step_down_decision` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`based_on` text NOT NULL,
	`level` text NOT NULL,
	`level_name` text NOT NULL,
	`rationale` text NOT NULL,
	`route` text NOT NULL,
	`route_reason` text NOT NULL,
	`evidence` text NOT NULL,
	`considered` text NOT NULL,
	`agency_id` text NOT NULL,
	`agency_name` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`signposting` text NOT NULL,
	`family_next` text NOT NULL,
	`decided_on` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_decision_of` ON `step_down_decision` (`step_down_id`);--> statement-breakpoint
CREATE INDEX `step_down_decision_when` ON `step_down_decision` (`decided_on`);--> statement-breakpoint
CREATE TABLE `step_down_event` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`event` text NOT NULL,
	`about_id` text NOT NULL,
	`to_id` text NOT NULL,
	`on_day` text NOT NULL,
	`who` text NOT NULL,
	`reason` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_event_of` ON `step_down_event` (`step_down_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `step_down_event_to` ON `step_down_event` (`to_id`);--> statement-breakpoint
CREATE INDEX `step_down_event_when` ON `step_down_event` (`event`,`created_at`);--> statement-breakpoint
CREATE TABLE `step_down_family` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`family_id` text NOT NULL,
	`how` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_family_of` ON `step_down_family` (`step_down_id`);--> statement-breakpoint
CREATE INDEX `step_down_family_family` ON `step_down_family` (`family_id`);--> statement-breakpoint
CREATE TABLE `step_down_import` (
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
	`step_downs` integer NOT NULL,
	`people` integer NOT NULL,
	`done_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `step_down_letter` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`kind` text NOT NULL,
	`about_id` text NOT NULL,
	`template_id` text NOT NULL,
	`on_day` text NOT NULL,
	`to_name` text NOT NULL,
	`address` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_letter_of` ON `step_down_letter` (`step_down_id`);--> statement-breakpoint
CREATE TABLE `step_down_now` (
	`step_down_id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`is_open` integer NOT NULL,
	`state` text NOT NULL,
	`ending` text NOT NULL,
	`risk_rank` integer NOT NULL,
	`source` text NOT NULL,
	`sending_team` text NOT NULL,
	`received_at` text NOT NULL,
	`since` text NOT NULL,
	`due_at` text NOT NULL,
	`owner_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`family_id` text NOT NULL,
	`version_id` text NOT NULL,
	`decision_id` text NOT NULL,
	`last_id` text NOT NULL,
	`last_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_now_queue` ON `step_down_now` (`is_open`,`risk_rank`,`due_at`,`step_down_id`);--> statement-breakpoint
CREATE INDEX `step_down_now_state` ON `step_down_now` (`state`,`risk_rank`,`due_at`,`step_down_id`);--> statement-breakpoint
CREATE INDEX `step_down_now_done` ON `step_down_now` (`is_open`,`last_at`,`step_down_id`,`state`,`risk_rank`,`due_at`,`hub_id`,`owner_id`,`source`,`received_at`,`family_id`);--> statement-breakpoint
CREATE INDEX `step_down_now_family` ON `step_down_now` (`family_id`);--> statement-breakpoint
CREATE TABLE `step_down_person` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`version_id` text NOT NULL,
	`of_id` text NOT NULL,
	`position` integer NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`birth` text NOT NULL,
	`expected` text NOT NULL,
	`sex` text NOT NULL,
	`upn` text NOT NULL,
	`school` text NOT NULL,
	`school_id` text NOT NULL,
	`relation` text NOT NULL,
	`phone` text NOT NULL,
	`needs` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_person_version` ON `step_down_person` (`version_id`);--> statement-breakpoint
CREATE INDEX `step_down_person_of` ON `step_down_person` (`step_down_id`);--> statement-breakpoint
CREATE TABLE `step_down_return` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`version_id` text NOT NULL,
	`sending_team` text NOT NULL,
	`missing` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_return_of` ON `step_down_return` (`step_down_id`);--> statement-breakpoint
CREATE INDEX `step_down_return_when` ON `step_down_return` (`created_at`);--> statement-breakpoint
CREATE TABLE `step_down_version` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`step_down_id` text NOT NULL,
	`based_on` text NOT NULL,
	`source` text NOT NULL,
	`sending_team` text NOT NULL,
	`worker_name` text NOT NULL,
	`worker_phone` text NOT NULL,
	`worker_email` text NOT NULL,
	`worker_address` text NOT NULL,
	`work_completed_on` text NOT NULL,
	`address` text NOT NULL,
	`district` text NOT NULL,
	`areas` text NOT NULL,
	`tried` text NOT NULL,
	`agreement` text NOT NULL,
	`agreed_by_id` text NOT NULL,
	`agreed_by` text NOT NULL,
	`agreed_relation` text NOT NULL,
	`agreed_on` text NOT NULL,
	`agreed_scope` text NOT NULL,
	`had_previous` text NOT NULL,
	`previous_reference` text NOT NULL,
	`previous_keyworker` text NOT NULL,
	`last_plan` text NOT NULL,
	`risk` text NOT NULL,
	`risks` text NOT NULL,
	`requested_level` text NOT NULL,
	`note` text NOT NULL,
	`missing` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_down_version_of` ON `step_down_version` (`step_down_id`);--> statement-breakpoint
CREATE TABLE `impact_meeting` (
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
	`on_day` text NOT NULL,
	`starts_at` text NOT NULL,
	`place` text NOT NULL,
	`chair_id` text NOT NULL,
	`note` text NOT NULL,
	`ending` text NOT NULL,
	`ended_why` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `impact_meeting_day` ON `impact_meeting` (`ending`,`on_day`);--> statement-breakpoint
CREATE TABLE `impact_meeting_record` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`held_on` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `impact_meeting_record_of` ON `impact_meeting_record` (`meeting_id`);--> statement-breakpoint
CREATE TABLE `step_up` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`reference` text NOT NULL,
	`requested_on` text NOT NULL,
	`unmet_needs` text NOT NULL,
	`tried` text NOT NULL,
	`within_resources` text NOT NULL,
	`impact` text NOT NULL,
	`evidence` text NOT NULL,
	`advice` text NOT NULL,
	`last_note_on` text NOT NULL,
	`old_notes_reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_up_episode` ON `step_up` (`episode_id`);--> statement-breakpoint
CREATE INDEX `step_up_family` ON `step_up` (`family_id`);--> statement-breakpoint
CREATE TABLE `step_up_event` (
	`id` text PRIMARY KEY NOT NULL,
	`hub_id` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`device_id` text NOT NULL,
	`family_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`step_up_id` text NOT NULL,
	`event` text NOT NULL,
	`on_day` text NOT NULL,
	`meeting_id` text NOT NULL,
	`note_id` text NOT NULL,
	`who` text NOT NULL,
	`words` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `step_up_event_of` ON `step_up_event` (`step_up_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `step_up_event_meeting` ON `step_up_event` (`meeting_id`);--> statement-breakpoint
CREATE INDEX `step_up_event_episode` ON `step_up_event` (`episode_id`);--> statement-breakpoint
INSERT INTO setting (id, hub_id, created_at, created_by, device_id, row_version, updated_at, updated_by, kind, key, value, valid_from, valid_to, provisional, source)
SELECT new.column1, first.hub_id, first.created_at, first.created_by, first.device_id, 1, first.created_at, first.created_by, new.column2, new.column3,
  new.column4, '2019-12-01', '', new.column5, new.column6
FROM (SELECT * FROM setting WHERE kind = 'screen' AND key = 'desk' ORDER BY created_at, id LIMIT 1) first, (VALUES
  ('dcaa1ae7-d6e3-5746-9f8d-5f9d3ac6beff', 'triage', 'hub', '{"triageWorkingDays":2,"allocationWorkingDays":5,"acceptanceWorkingDays":2,"senderWorkingDays":5,"noteDays":14}', 1, 'Provisional: not found in any document'),
  ('4fabd9bd-1855-55e7-8e57-4c3aa21555d2', 'triage-letter', 'return', '{"name":"Step-down sent back","subject":"Step-down {{reference}}: more is needed before triage","text":"Dear {{worker}}\n\nThank you for the step-down {{reference}} that we received from {{sendingTeam}} on {{receivedDate}}. We cannot triage it yet. Please send us:\n\n{{missing}}\n\n{{reason}}\n\nPlease answer by {{replyBy}}. Until then the family stays with {{sendingTeam}}. If there is an immediate concern for a child, do not wait for us: call Children’s Services on {{childrensServices}}.\n\n{{sender}}\nFamilies First triage"}', 0, 'Product decision'),
  ('c29869eb-57fd-5654-bc09-cd35463fa546', 'triage-letter', 'decision-sender', '{"name":"Decision, to the social worker","subject":"Step-down {{reference}}: our decision","text":"Dear {{worker}}\n\nWe have considered the step-down {{reference}} that we received from {{sendingTeam}} on {{receivedDate}}.\n\nLevel of need: {{level}}. {{rationale}}\n\nDecision: {{route}}. {{routeReason}}\n\nWhat happens next: {{next}}\n\nIf anything in this is not right, or if something has changed for the children, please tell us. If there is an immediate concern for a child, call Children’s Services on {{childrensServices}}.\n\n{{sender}}\nFamilies First triage"}', 0, 'Product decision'),
  ('2f7a9a15-a1e2-51af-809c-d23ed5b51afe', 'triage-letter', 'decision-family', '{"name":"Decision, to the family","subject":"What happens next for your family","text":"Dear {{to}}\n\nYour social worker asked us to think about what help your family needs now that their work has ended.\n\n{{next}}\n\nIf you would like to talk about this, or if you think that we have got something wrong, please call us on {{helpdesk}}.\n\n{{sender}}\nFamilies First"}', 0, 'Product decision')
) new;
