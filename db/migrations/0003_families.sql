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
	`told_in` text NOT NULL,
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
CREATE INDEX `fact_warning` ON `fact` (`created_at`) WHERE kind = 'warning';--> statement-breakpoint
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
CREATE INDEX `family_index_registered` ON `family_index` (`registered_at`,`family_id`);--> statement-breakpoint
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
CREATE INDEX `family_member_person` ON `family_member` (`person_id`,`family_id`);--> statement-breakpoint
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
CREATE INDEX `person_index_kept` ON `person_index` (`kept_id`,`person_id`);--> statement-breakpoint
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
UPDATE call_draft SET body = json_set(body, '$.assessmentId', '', '$.assessmentText', '');
--> statement-breakpoint
INSERT INTO setting (id, hub_id, created_at, created_by, device_id, row_version, updated_at, updated_by, kind, key, value, valid_from, valid_to, provisional, source)
SELECT new.column1, first.hub_id, first.created_at, first.created_by, first.device_id, 1, first.created_at, first.created_by, new.column2, new.column3,
  new.column4, '2019-12-01', '', 1, new.column5
FROM (SELECT * FROM setting WHERE kind = 'screen' AND key = 'desk' ORDER BY created_at, id LIMIT 1) first, (VALUES
  ('0eb8df0e-5aed-5bb0-a3f6-c0eafff7f066', 'postcode-area', 'AL1', '{"district":"E07000240"}', 'Provisional: postcodes cross the borders of districts'),
  ('6a220391-d49b-5ca2-a1bb-d92dcae416c7', 'postcode-area', 'AL2', '{"district":"E07000240"}', 'Provisional: postcodes cross the borders of districts'),
  ('0ab1c859-44f1-56d6-99ce-a72907db2c6a', 'postcode-area', 'AL3', '{"district":"E07000240"}', 'Provisional: postcodes cross the borders of districts'),
  ('7c797f74-4e1d-511d-8812-02ac746ecf05', 'postcode-area', 'AL4', '{"district":"E07000240"}', 'Provisional: postcodes cross the borders of districts'),
  ('78fd86d9-7fc5-5d68-9ccd-5332ff6ee3a7', 'postcode-area', 'AL5', '{"district":"E07000240"}', 'Provisional: postcodes cross the borders of districts'),
  ('723640f1-cd81-5465-a15b-fc5f2c15f139', 'postcode-area', 'AL6', '{"district":"E07000241"}', 'Provisional: postcodes cross the borders of districts'),
  ('4e6bd7fc-3a18-597d-ac1d-994979ea6f71', 'postcode-area', 'AL7', '{"district":"E07000241"}', 'Provisional: postcodes cross the borders of districts'),
  ('8722d82c-6bc8-58bc-ad55-ccf53827d717', 'postcode-area', 'AL8', '{"district":"E07000241"}', 'Provisional: postcodes cross the borders of districts'),
  ('665d6bed-aa2a-53d0-a203-96bbecad5e01', 'postcode-area', 'AL9', '{"district":"E07000241"}', 'Provisional: postcodes cross the borders of districts'),
  ('3ee68009-dc34-52c4-9e0c-f447eb696ed7', 'postcode-area', 'AL10', '{"district":"E07000241"}', 'Provisional: postcodes cross the borders of districts'),
  ('79ac7c95-ec13-5780-83b1-f9c30ea90ca1', 'postcode-area', 'CM21', '{"district":"E07000242"}', 'Provisional: postcodes cross the borders of districts'),
  ('df3a2c63-a203-56ef-babd-a4a3840aba4f', 'postcode-area', 'CM23', '{"district":"E07000242"}', 'Provisional: postcodes cross the borders of districts'),
  ('e389f75a-efca-5b76-871c-779d6e5675b0', 'postcode-area', 'SG9', '{"district":"E07000242"}', 'Provisional: postcodes cross the borders of districts'),
  ('572d788b-6865-5313-94b6-96e10324ceb4', 'postcode-area', 'SG10', '{"district":"E07000242"}', 'Provisional: postcodes cross the borders of districts'),
  ('f42db0da-9e9b-5730-a1b8-869c24870489', 'postcode-area', 'SG11', '{"district":"E07000242"}', 'Provisional: postcodes cross the borders of districts'),
  ('71777fd6-7d80-5d32-8f53-b3b06034f635', 'postcode-area', 'SG12', '{"district":"E07000242"}', 'Provisional: postcodes cross the borders of districts'),
  ('8323756c-841a-5822-a12f-a8639fbbf370', 'postcode-area', 'SG13', '{"district":"E07000242"}', 'Provisional: postcodes cross the borders of districts'),
  ('ccc5877a-c5b6-5595-9117-323da8e9b4de', 'postcode-area', 'SG14', '{"district":"E07000242"}', 'Provisional: postcodes cross the borders of districts'),
  ('c76c4959-924b-541b-a81b-23f6798e7583', 'postcode-area', 'EN6', '{"district":"E07000098"}', 'Provisional: postcodes cross the borders of districts'),
  ('95d8e995-0bba-5105-9be3-81ac240321f9', 'postcode-area', 'WD6', '{"district":"E07000098"}', 'Provisional: postcodes cross the borders of districts'),
  ('6fc53940-e5d7-5373-8011-91d776af187c', 'postcode-area', 'WD7', '{"district":"E07000098"}', 'Provisional: postcodes cross the borders of districts'),
  ('f9c2dfd1-a4fc-5a21-807c-b9700d2f3d48', 'postcode-area', 'WD23', '{"district":"E07000098"}', 'Provisional: postcodes cross the borders of districts'),
  ('cd8c87d2-4c13-5a89-b955-204a8b11a8f5', 'postcode-area', 'EN7', '{"district":"E07000095"}', 'Provisional: postcodes cross the borders of districts'),
  ('c8a2a144-f2c6-52ef-b768-f90290194d89', 'postcode-area', 'EN8', '{"district":"E07000095"}', 'Provisional: postcodes cross the borders of districts'),
  ('4f8e6d4c-b754-5dfd-b853-f95fa42be81e', 'postcode-area', 'EN10', '{"district":"E07000095"}', 'Provisional: postcodes cross the borders of districts'),
  ('2707c1b0-18c4-5e40-968f-8a41aeacea85', 'postcode-area', 'EN11', '{"district":"E07000095"}', 'Provisional: postcodes cross the borders of districts'),
  ('35c9559d-cced-518a-9eaa-589592e94574', 'postcode-area', 'HP1', '{"district":"E07000096"}', 'Provisional: postcodes cross the borders of districts'),
  ('a6842593-1999-5935-802e-8a4475eabd0e', 'postcode-area', 'HP2', '{"district":"E07000096"}', 'Provisional: postcodes cross the borders of districts'),
  ('f41b418b-9bc4-54bc-86fa-f031f98a0eb0', 'postcode-area', 'HP3', '{"district":"E07000096"}', 'Provisional: postcodes cross the borders of districts'),
  ('3a29b066-9476-5672-9861-e7932f254dd4', 'postcode-area', 'HP4', '{"district":"E07000096"}', 'Provisional: postcodes cross the borders of districts'),
  ('e6f58c8f-6497-57ab-8604-2b8a28eafe78', 'postcode-area', 'HP23', '{"district":"E07000096"}', 'Provisional: postcodes cross the borders of districts'),
  ('71139962-f657-5395-961e-a68bb4e5d5d9', 'postcode-area', 'SG1', '{"district":"E07000243"}', 'Provisional: postcodes cross the borders of districts'),
  ('09d90190-f3ae-5684-bbc9-a150ed195817', 'postcode-area', 'SG2', '{"district":"E07000243"}', 'Provisional: postcodes cross the borders of districts'),
  ('9c8878c9-41ed-5a18-8b77-7bc4f710baa8', 'postcode-area', 'SG3', '{"district":"E07000099"}', 'Provisional: postcodes cross the borders of districts'),
  ('db536f55-29ae-5fb6-b398-5173ef5daa13', 'postcode-area', 'SG4', '{"district":"E07000099"}', 'Provisional: postcodes cross the borders of districts'),
  ('41254940-f822-5f62-8ab9-cf6155f49f3e', 'postcode-area', 'SG5', '{"district":"E07000099"}', 'Provisional: postcodes cross the borders of districts'),
  ('7051d07e-9b28-5b55-8cfe-90ab17691d9f', 'postcode-area', 'SG6', '{"district":"E07000099"}', 'Provisional: postcodes cross the borders of districts'),
  ('9e6229e8-9545-59a9-ac56-873e0e49b01f', 'postcode-area', 'SG7', '{"district":"E07000099"}', 'Provisional: postcodes cross the borders of districts'),
  ('ba925e6a-dabd-519a-81f1-5b111bc2f68a', 'postcode-area', 'SG8', '{"district":"E07000099"}', 'Provisional: postcodes cross the borders of districts'),
  ('18575f83-7f5f-5341-9c79-8dd3dfe918e0', 'postcode-area', 'WD3', '{"district":"E07000102"}', 'Provisional: postcodes cross the borders of districts'),
  ('061d9138-cd71-5d8f-91c6-7ede7e2be2b2', 'postcode-area', 'WD4', '{"district":"E07000102"}', 'Provisional: postcodes cross the borders of districts'),
  ('f864a9d2-67fa-5fee-bc1e-c3200f7639f8', 'postcode-area', 'WD5', '{"district":"E07000102"}', 'Provisional: postcodes cross the borders of districts'),
  ('422eff86-8b62-566f-bc34-02cc04755ca8', 'postcode-area', 'WD19', '{"district":"E07000102"}', 'Provisional: postcodes cross the borders of districts'),
  ('d1f333e6-01ca-582b-9bcd-903fbf0a4bff', 'postcode-area', 'WD17', '{"district":"E07000103"}', 'Provisional: postcodes cross the borders of districts'),
  ('23204056-1a82-5ce9-b087-97d280b59e66', 'postcode-area', 'WD18', '{"district":"E07000103"}', 'Provisional: postcodes cross the borders of districts'),
  ('563979e6-35a9-5f7e-bd04-86a056954f8f', 'postcode-area', 'WD24', '{"district":"E07000103"}', 'Provisional: postcodes cross the borders of districts'),
  ('81eccd2c-3413-59ca-9604-ac6c73879854', 'postcode-area', 'WD25', '{"district":"E07000103"}', 'Provisional: postcodes cross the borders of districts'),
  ('cc18fe3c-e04c-5907-b063-5bb0b7ae5bc5', 'agreement', 'hub', '{"reviewDays":42}', 'Provisional: not found in any document')
) new;
