-- The first house on SQLite. A statement ends with a semicolon at the end of a line.
-- Before the first release written anew by: python -m cases.migrations.freeze
-- After it never changed: what changes gets a new numbered migration, written by hand.


-- parties

CREATE TABLE "organisation" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" VARCHAR(40) NOT NULL,
    "name" VARCHAR(300) NOT NULL,
    "name_fold" VARCHAR(300) NOT NULL,
    "level" VARCHAR(40) NOT NULL,
    "parent_id" INTEGER,
    "secretary" VARCHAR(120) NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "successor_id" INTEGER,
    CONSTRAINT "organisation_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "organisation_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "organisation_level_check" CHECK (level in ('tinh', 'cap_tren_truc_tiep_co_so', 'co_so', 'bo_phan', 'chi_bo', 'huyen')),
    CONSTRAINT "organisation_valid_to_valid_from_check" CHECK (valid_to is null or valid_from is null or valid_to >= valid_from)
);

CREATE UNIQUE INDEX "organisation_code" ON "organisation" ("code");
CREATE INDEX "organisation_name_fold" ON "organisation" ("name_fold");
CREATE INDEX "organisation_parent_id" ON "organisation" ("parent_id");
CREATE INDEX "organisation_successor_id" ON "organisation" ("successor_id");

CREATE TABLE "member" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "card_number" VARCHAR(20) NOT NULL,
    "full_name" VARCHAR(120) NOT NULL,
    "name_fold" VARCHAR(120) NOT NULL,
    "name_sort" VARCHAR(400) NOT NULL,
    "birth_date" DATE,
    "gender" VARCHAR(10) NOT NULL,
    "hometown" VARCHAR(200) NOT NULL,
    "address" VARCHAR(200) NOT NULL,
    "joined_on" DATE,
    "official_on" DATE,
    "branch_id" INTEGER,
    "party_post" VARCHAR(200) NOT NULL,
    "government_post" VARCHAR(200) NOT NULL,
    "management_level" VARCHAR(40) NOT NULL,
    "note" TEXT NOT NULL,
    "active" INTEGER NOT NULL,
    CONSTRAINT "member_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "member_official_on_joined_on_check" CHECK (official_on is null or joined_on is null or official_on >= joined_on)
);

CREATE UNIQUE INDEX "member_card_number" ON "member" ("card_number");
CREATE INDEX "member_name_fold" ON "member" ("name_fold");
CREATE INDEX "member_name_sort" ON "member" ("name_sort");
CREATE INDEX "member_branch_id" ON "member" ("branch_id");

CREATE TABLE "member_post" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "member_id" INTEGER NOT NULL,
    "organisation_id" INTEGER,
    "title" VARCHAR(200) NOT NULL,
    "held_from" DATE,
    "held_to" DATE,
    CONSTRAINT "member_post_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member" ("id") ON DELETE CASCADE,
    CONSTRAINT "member_post_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "member_post_held_to_held_from_check" CHECK (held_to is null or held_from is null or held_to >= held_from)
);

CREATE INDEX "member_post_member_id" ON "member_post" ("member_id");
CREATE INDEX "member_post_organisation_id" ON "member_post" ("organisation_id");


-- people

CREATE TABLE "commission" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code" VARCHAR(40) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "level" VARCHAR(10) NOT NULL,
    "parent_id" INTEGER,
    "organisation_id" INTEGER,
    "superior_line" VARCHAR(120) NOT NULL,
    "issuer_line" VARCHAR(120) NOT NULL,
    "symbol_suffix" VARCHAR(20) NOT NULL,
    "place" VARCHAR(60) NOT NULL,
    "term_name" VARCHAR(20) NOT NULL,
    "settings" TEXT NOT NULL,
    CONSTRAINT "commission_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "commission_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "commission_level_check" CHECK (level in ('tinh', 'xa'))
);

CREATE UNIQUE INDEX "commission_code" ON "commission" ("code");
CREATE INDEX "commission_parent_id" ON "commission" ("parent_id");
CREATE INDEX "commission_organisation_id" ON "commission" ("organisation_id");

CREATE TABLE "user" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "username" VARCHAR(60) NOT NULL,
    "full_name" VARCHAR(120) NOT NULL,
    "name_fold" VARCHAR(120) NOT NULL,
    "name_sort" VARCHAR(400) NOT NULL,
    "post" VARCHAR(120) NOT NULL,
    "rank" VARCHAR(120) NOT NULL,
    "unit" VARCHAR(120) NOT NULL,
    "email" VARCHAR(200) NOT NULL,
    "phone" VARCHAR(30) NOT NULL,
    "entered_on" DATE,
    "member_id" INTEGER,
    "password_hash" VARCHAR(200) NOT NULL,
    "must_change_password" INTEGER NOT NULL,
    "active" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "user_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "user_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member" ("id") ON DELETE RESTRICT
);

CREATE INDEX "user_commission_id" ON "user" ("commission_id");
CREATE UNIQUE INDEX "user_username" ON "user" ("username");
CREATE INDEX "user_name_fold" ON "user" ("name_fold");
CREATE INDEX "user_member_id" ON "user" ("member_id");

CREATE TABLE "user_role" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "role" VARCHAR(30) NOT NULL,
    CONSTRAINT "user_role_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE,
    CONSTRAINT "user_role_role_check" CHECK (role in ('clerk', 'inspector', 'team_head', 'head_of_section', 'commissioner', 'chair', 'statistician', 'administrator'))
);

CREATE INDEX "user_role_user_id" ON "user_role" ("user_id");
CREATE UNIQUE INDEX "user_role_user_id_role" ON "user_role" ("user_id", "role");

CREATE TABLE "sign_in_session" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL,
    "opened_at" DATETIME NOT NULL,
    "last_seen_at" DATETIME NOT NULL,
    "ended_at" DATETIME,
    CONSTRAINT "sign_in_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE INDEX "sign_in_session_user_id" ON "sign_in_session" ("user_id");
CREATE UNIQUE INDEX "sign_in_session_token_hash" ON "sign_in_session" ("token_hash");

CREATE TABLE "sign_in_failure" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "username" VARCHAR(60) NOT NULL,
    "at" DATETIME NOT NULL
);

CREATE INDEX "sign_in_failure_username" ON "sign_in_failure" ("username");
CREATE INDEX "sign_in_failure_at" ON "sign_in_failure" ("at");

CREATE TABLE "first_admin_code" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "code_hash" VARCHAR(200) NOT NULL,
    "made_at" DATETIME NOT NULL,
    "used_at" DATETIME
);


CREATE TABLE "number_series" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "series" VARCHAR(60) NOT NULL,
    "term" VARCHAR(20) NOT NULL,
    "next_number" INTEGER NOT NULL,
    CONSTRAINT "number_series_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "number_series_next_number_check" CHECK (next_number >= 1)
);

CREATE INDEX "number_series_commission_id" ON "number_series" ("commission_id");
CREATE UNIQUE INDEX "number_series_commission_id_series_term" ON "number_series" ("commission_id", "series", "term");


-- audit

CREATE TABLE "audit_event" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "actor_id" INTEGER,
    "commission_id" INTEGER,
    "verb" VARCHAR(60) NOT NULL,
    "object_type" VARCHAR(60) NOT NULL,
    "object_id" INTEGER,
    "case_id" INTEGER,
    "letter_id" INTEGER,
    "data" TEXT NOT NULL,
    "previous_hash" VARCHAR(64) NOT NULL,
    "hash" VARCHAR(64) NOT NULL,
    CONSTRAINT "audit_event_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "audit_event_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT
);

CREATE INDEX "audit_event_at" ON "audit_event" ("at");
CREATE INDEX "audit_event_actor_id" ON "audit_event" ("actor_id");
CREATE INDEX "audit_event_commission_id" ON "audit_event" ("commission_id");
CREATE INDEX "audit_event_verb" ON "audit_event" ("verb");
CREATE INDEX "audit_event_case_id" ON "audit_event" ("case_id");
CREATE INDEX "audit_event_letter_id" ON "audit_event" ("letter_id");
CREATE UNIQUE INDEX "audit_event_hash" ON "audit_event" ("hash");


-- intake

CREATE TABLE "letter" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "part" VARCHAR(10) NOT NULL,
    "received_on" DATE NOT NULL,
    "written_on" DATE,
    "posted_on" DATE,
    "source" VARCHAR(20) NOT NULL,
    "transfer_reference" VARCHAR(120) NOT NULL,
    "identity" VARCHAR(20) NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "subject_name" VARCHAR(300) NOT NULL,
    "subject_post" VARCHAR(200) NOT NULL,
    "subject_place" VARCHAR(300) NOT NULL,
    "subject_member_id" INTEGER,
    "subject_organisation_id" INTEGER,
    "summary" TEXT NOT NULL,
    "violation_ended_on" DATE,
    "pages" INTEGER,
    "enclosures" TEXT NOT NULL,
    "duplicate_of_id" INTEGER,
    "split_from_id" INTEGER,
    "handler_id" INTEGER,
    "handler_name" VARCHAR(120) NOT NULL,
    "proposal" VARCHAR(20) NOT NULL,
    "proposal_note" TEXT NOT NULL,
    "proposed_by_id" INTEGER,
    "proposed_on" DATE,
    "leader_opinion" TEXT NOT NULL,
    "leader_opinion_on" DATE,
    "state" VARCHAR(20) NOT NULL,
    "handling" VARCHAR(20) NOT NULL,
    "handling_reason" TEXT NOT NULL,
    "handling_target" VARCHAR(300) NOT NULL,
    "handling_reference" VARCHAR(120) NOT NULL,
    "handled_on" DATE,
    "handled_by_id" INTEGER,
    "due_on" DATE,
    "result" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "created_by_id" INTEGER,
    "created_at" DATETIME NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "letter_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_subject_member_id_fkey" FOREIGN KEY ("subject_member_id") REFERENCES "member" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_subject_organisation_id_fkey" FOREIGN KEY ("subject_organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_duplicate_of_id_fkey" FOREIGN KEY ("duplicate_of_id") REFERENCES "letter" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_split_from_id_fkey" FOREIGN KEY ("split_from_id") REFERENCES "letter" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_handler_id_fkey" FOREIGN KEY ("handler_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_handled_by_id_fkey" FOREIGN KEY ("handled_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_number_check" CHECK (number >= 1),
    CONSTRAINT "letter_source_check" CHECK (source in ('post', 'in_person', 'forwarded', 'electronic', 'reception')),
    CONSTRAINT "letter_identity_check" CHECK (identity in ('clear', 'anonymous', 'impersonated', 'unclear')),
    CONSTRAINT "letter_kind_check" CHECK (kind in ('unclassified', 'denunciation', 'complaint', 'feedback', 'petition', 'mixed')),
    CONSTRAINT "letter_state_check" CHECK (state in ('logged', 'classified', 'proposed', 'decided', 'split')),
    CONSTRAINT "letter_handling_check" CHECK (handling in ('', 'accepted', 'transferred', 'guided', 'filed', 'joined', 'held')),
    CONSTRAINT "letter_state_handling_check" CHECK ((state = 'decided') = (handling <> '')),
    CONSTRAINT "letter_handling_handled_on_check" CHECK (handling = '' or handled_on is not null),
    CONSTRAINT "letter_state_proposal_check" CHECK (state <> 'proposed' or proposal <> ''),
    CONSTRAINT "letter_handled_by_id_proposed_by_id_check" CHECK (handled_by_id is null or proposed_by_id is null or handled_by_id <> proposed_by_id),
    CONSTRAINT "letter_handled_by_id_created_by_id_check" CHECK (handled_by_id is null or created_by_id is null or handled_by_id <> created_by_id),
    CONSTRAINT "letter_pages_check" CHECK (pages is null or pages >= 0)
);

CREATE INDEX "letter_commission_id" ON "letter" ("commission_id");
CREATE INDEX "letter_received_on" ON "letter" ("received_on");
CREATE INDEX "letter_subject_member_id" ON "letter" ("subject_member_id");
CREATE INDEX "letter_subject_organisation_id" ON "letter" ("subject_organisation_id");
CREATE INDEX "letter_duplicate_of_id" ON "letter" ("duplicate_of_id");
CREATE INDEX "letter_split_from_id" ON "letter" ("split_from_id");
CREATE INDEX "letter_handler_id" ON "letter" ("handler_id");
CREATE INDEX "letter_proposed_by_id" ON "letter" ("proposed_by_id");
CREATE INDEX "letter_state" ON "letter" ("state");
CREATE INDEX "letter_handled_by_id" ON "letter" ("handled_by_id");
CREATE INDEX "letter_created_by_id" ON "letter" ("created_by_id");
CREATE UNIQUE INDEX "letter_commission_id_year_number_part" ON "letter" ("commission_id", "year", "number", "part");

CREATE TABLE "sender" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "letter_id" INTEGER NOT NULL,
    "sealed" BLOB NOT NULL,
    "name_key" VARCHAR(64) NOT NULL,
    "word_keys" TEXT NOT NULL,
    CONSTRAINT "sender_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "sender_letter_id" ON "sender" ("letter_id");
CREATE INDEX "sender_name_key" ON "sender" ("name_key");

CREATE TABLE "letter_check" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "letter_id" INTEGER NOT NULL,
    "rule_id" VARCHAR(20) NOT NULL,
    "computed" VARCHAR(20) NOT NULL,
    "answer" VARCHAR(20) NOT NULL,
    "note" TEXT NOT NULL,
    "answered_by_id" INTEGER,
    "data" TEXT NOT NULL,
    CONSTRAINT "letter_check_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE,
    CONSTRAINT "letter_check_answered_by_id_fkey" FOREIGN KEY ("answered_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "letter_check_computed_check" CHECK (computed in ('ok', 'fails', 'needs_person')),
    CONSTRAINT "letter_check_answer_check" CHECK (answer in ('', 'ok', 'fails'))
);

CREATE INDEX "letter_check_letter_id" ON "letter_check" ("letter_id");
CREATE INDEX "letter_check_answered_by_id" ON "letter_check" ("answered_by_id");
CREATE UNIQUE INDEX "letter_check_letter_id_rule_id" ON "letter_check" ("letter_id", "rule_id");


-- plans

CREATE TABLE "programme_item" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" VARCHAR(60) NOT NULL,
    "kind_label" VARCHAR(200) NOT NULL,
    "subject_name" VARCHAR(300) NOT NULL,
    "subject_organisation_id" INTEGER,
    "subject_member_id" INTEGER,
    "content" TEXT NOT NULL,
    "period" VARCHAR(60) NOT NULL,
    "timing" VARCHAR(60) NOT NULL,
    "unit" VARCHAR(120) NOT NULL,
    "directing_id" INTEGER,
    "note" TEXT NOT NULL,
    CONSTRAINT "programme_item_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "programme_item_subject_organisation_id_fkey" FOREIGN KEY ("subject_organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "programme_item_subject_member_id_fkey" FOREIGN KEY ("subject_member_id") REFERENCES "member" ("id") ON DELETE RESTRICT,
    CONSTRAINT "programme_item_directing_id_fkey" FOREIGN KEY ("directing_id") REFERENCES "user" ("id") ON DELETE RESTRICT
);

CREATE INDEX "programme_item_commission_id" ON "programme_item" ("commission_id");
CREATE INDEX "programme_item_subject_organisation_id" ON "programme_item" ("subject_organisation_id");
CREATE INDEX "programme_item_subject_member_id" ON "programme_item" ("subject_member_id");
CREATE INDEX "programme_item_directing_id" ON "programme_item" ("directing_id");
CREATE UNIQUE INDEX "programme_item_commission_id_year_number" ON "programme_item" ("commission_id", "year", "number");


-- lifecycle

CREATE TABLE "case" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "code" VARCHAR(40) NOT NULL,
    "procedure" VARCHAR(20) NOT NULL,
    "edition" DATE NOT NULL,
    "run_by" VARCHAR(20) NOT NULL,
    "title" VARCHAR(400) NOT NULL,
    "origin" VARCHAR(20) NOT NULL,
    "programme_item_id" INTEGER,
    "parent_id" INTEGER,
    "branch_kind" VARCHAR(20) NOT NULL,
    "started_on" DATE NOT NULL,
    "opened_at" DATETIME NOT NULL,
    "opened_by_id" INTEGER NOT NULL,
    "directing_id" INTEGER,
    "unit" VARCHAR(120) NOT NULL,
    "secrecy" VARCHAR(20) NOT NULL,
    "urgency" VARCHAR(20) NOT NULL,
    "period_from" DATE,
    "period_to" DATE,
    "scope" TEXT NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "outcome" VARCHAR(60) NOT NULL,
    "outcome_note" TEXT NOT NULL,
    "closed_on" DATE,
    "search_text" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "case_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "case_programme_item_id_fkey" FOREIGN KEY ("programme_item_id") REFERENCES "programme_item" ("id") ON DELETE RESTRICT,
    CONSTRAINT "case_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "case" ("id") ON DELETE RESTRICT,
    CONSTRAINT "case_opened_by_id_fkey" FOREIGN KEY ("opened_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "case_directing_id_fkey" FOREIGN KEY ("directing_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "case_state_check" CHECK (state in ('open', 'switched', 'suspended', 'closed')),
    CONSTRAINT "case_state_closed_on_check" CHECK ((state in ('closed', 'switched')) = (closed_on is not null)),
    CONSTRAINT "case_origin_check" CHECK (origin in ('letter', 'programme', 'branch', 'other')),
    CONSTRAINT "case_origin_parent_id_check" CHECK ((origin = 'branch') = (parent_id is not null)),
    CONSTRAINT "case_branch_kind_check" CHECK (branch_kind in ('', 'switch', 'dual', 'discipline', 'referral', 'suspension', 'inspection', 'restoration')),
    CONSTRAINT "case_run_by_check" CHECK (run_by in ('commission', 'committee', 'advisory', 'cell')),
    CONSTRAINT "case_secrecy_check" CHECK (secrecy in ('none', 'mat', 'toi_mat', 'tuyet_mat')),
    CONSTRAINT "case_period_to_period_from_check" CHECK (period_to is null or period_from is null or period_to >= period_from)
);

CREATE INDEX "case_commission_id" ON "case" ("commission_id");
CREATE INDEX "case_programme_item_id" ON "case" ("programme_item_id");
CREATE INDEX "case_parent_id" ON "case" ("parent_id");
CREATE INDEX "case_opened_by_id" ON "case" ("opened_by_id");
CREATE INDEX "case_directing_id" ON "case" ("directing_id");
CREATE INDEX "case_state" ON "case" ("state");
CREATE UNIQUE INDEX "case_commission_id_code" ON "case" ("commission_id", "code");

CREATE TABLE "case_hold" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "held_from" DATE NOT NULL,
    "held_to" DATE,
    "reason_code" VARCHAR(40) NOT NULL,
    "reason" TEXT NOT NULL,
    "held_by_id" INTEGER NOT NULL,
    "held_at" DATETIME NOT NULL,
    "resumed_by_id" INTEGER,
    "resumed_at" DATETIME,
    "resumed_reason" TEXT NOT NULL,
    CONSTRAINT "case_hold_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "case_hold_held_by_id_fkey" FOREIGN KEY ("held_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "case_hold_resumed_by_id_fkey" FOREIGN KEY ("resumed_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "case_hold_reason_check" CHECK (reason <> ''),
    CONSTRAINT "case_hold_held_to_held_from_check" CHECK (held_to is null or held_to >= held_from),
    CONSTRAINT "case_hold_held_to_resumed_at_check" CHECK ((held_to is null) = (resumed_at is null)),
    CONSTRAINT "case_hold_resumed_by_id_resumed_at_check" CHECK ((resumed_by_id is null) = (resumed_at is null))
);

CREATE INDEX "case_hold_case_id" ON "case_hold" ("case_id");
CREATE INDEX "case_hold_held_by_id" ON "case_hold" ("held_by_id");
CREATE INDEX "case_hold_resumed_by_id" ON "case_hold" ("resumed_by_id");

CREATE TABLE "edition_switch" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "from_edition" DATE NOT NULL,
    "to_edition" DATE NOT NULL,
    "decided_on" DATE NOT NULL,
    "document" VARCHAR(200) NOT NULL,
    "reason" TEXT NOT NULL,
    "effects" TEXT NOT NULL,
    "decided_by_id" INTEGER NOT NULL,
    "decided_at" DATETIME NOT NULL,
    CONSTRAINT "edition_switch_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "edition_switch_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "edition_switch_reason_check" CHECK (reason <> ''),
    CONSTRAINT "edition_switch_from_edition_to_edition_check" CHECK (from_edition <> to_edition)
);

CREATE INDEX "edition_switch_case_id" ON "edition_switch" ("case_id");
CREATE INDEX "edition_switch_decided_by_id" ON "edition_switch" ("decided_by_id");

CREATE TABLE "case_letter" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "letter_id" INTEGER NOT NULL,
    CONSTRAINT "case_letter_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "case_letter_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE RESTRICT
);

CREATE INDEX "case_letter_case_id" ON "case_letter" ("case_id");
CREATE INDEX "case_letter_letter_id" ON "case_letter" ("letter_id");
CREATE UNIQUE INDEX "case_letter_case_id_letter_id" ON "case_letter" ("case_id", "letter_id");

CREATE TABLE "party" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "member_id" INTEGER,
    "organisation_id" INTEGER,
    "name" VARCHAR(300) NOT NULL,
    "party_post" VARCHAR(200) NOT NULL,
    "government_post" VARCHAR(200) NOT NULL,
    "unit" VARCHAR(300) NOT NULL,
    "managed_by" VARCHAR(200) NOT NULL,
    CONSTRAINT "party_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "party_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member" ("id") ON DELETE RESTRICT,
    CONSTRAINT "party_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "party_kind_check" CHECK (kind in ('member', 'body')),
    CONSTRAINT "party_member_id_organisation_id_check" CHECK (member_id is null or organisation_id is null)
);

CREATE INDEX "party_case_id" ON "party" ("case_id");
CREATE INDEX "party_member_id" ON "party" ("member_id");
CREATE INDEX "party_organisation_id" ON "party" ("organisation_id");

CREATE TABLE "team_member" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "position" VARCHAR(20) NOT NULL,
    "task" VARCHAR(300) NOT NULL,
    "left_on" DATE,
    CONSTRAINT "team_member_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "team_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "team_member_position_check" CHECK (position in ('head', 'deputy', 'member', 'secretary'))
);

CREATE INDEX "team_member_case_id" ON "team_member" ("case_id");
CREATE INDEX "team_member_user_id" ON "team_member" ("user_id");
CREATE UNIQUE INDEX "team_member_case_id_user_id" ON "team_member" ("case_id", "user_id");

CREATE TABLE "conflict_declaration" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "declared_at" DATETIME NOT NULL,
    CONSTRAINT "conflict_declaration_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "conflict_declaration_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE RESTRICT
);

CREATE INDEX "conflict_declaration_case_id" ON "conflict_declaration" ("case_id");
CREATE INDEX "conflict_declaration_user_id" ON "conflict_declaration" ("user_id");
CREATE UNIQUE INDEX "conflict_declaration_case_id_user_id" ON "conflict_declaration" ("case_id", "user_id");

CREATE TABLE "case_step" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "key" VARCHAR(10) NOT NULL,
    "occurrence" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "ready_on" DATE,
    "completed_on" DATE,
    "completed_by_id" INTEGER,
    "completed_at" DATETIME,
    "reason" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "missing_papers" TEXT NOT NULL,
    CONSTRAINT "case_step_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "case_step_completed_by_id_fkey" FOREIGN KEY ("completed_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "case_step_state_check" CHECK (state in ('waiting', 'ready', 'completed', 'skipped')),
    CONSTRAINT "case_step_state_completed_on_check" CHECK ((state in ('completed', 'skipped')) = (completed_on is not null)),
    CONSTRAINT "case_step_state_reason_check" CHECK (state <> 'skipped' or reason <> ''),
    CONSTRAINT "case_step_occurrence_check" CHECK (occurrence >= 1)
);

CREATE INDEX "case_step_case_id" ON "case_step" ("case_id");
CREATE INDEX "case_step_completed_by_id" ON "case_step" ("completed_by_id");
CREATE UNIQUE INDEX "case_step_case_id_key_occurrence" ON "case_step" ("case_id", "key", "occurrence");

CREATE TABLE "allegation" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "verified" TEXT NOT NULL,
    "evidence_note" TEXT NOT NULL,
    "conclusion" VARCHAR(40) NOT NULL,
    "ended_on" DATE,
    CONSTRAINT "allegation_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "allegation_conclusion_check" CHECK (conclusion in ('', 'false', 'unfounded', 'true_shortcoming', 'true_violation'))
);

CREATE INDEX "allegation_case_id" ON "allegation" ("case_id");
CREATE UNIQUE INDEX "allegation_case_id_number" ON "allegation" ("case_id", "number");

CREATE TABLE "finding" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "party_id" INTEGER,
    "text" TEXT NOT NULL,
    "rule_broken" TEXT NOT NULL,
    "violation_group" VARCHAR(60) NOT NULL,
    "ended_on" DATE,
    "detected_on" DATE,
    "disciplinary" INTEGER NOT NULL,
    "no_limit_ground" VARCHAR(20) NOT NULL,
    CONSTRAINT "finding_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "finding_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party" ("id") ON DELETE CASCADE,
    CONSTRAINT "finding_no_limit_ground_check" CHECK (no_limit_ground in ('', 'diploma', 'internal_politics', 'national_interest'))
);

CREATE INDEX "finding_case_id" ON "finding" ("case_id");
CREATE INDEX "finding_party_id" ON "finding" ("party_id");

CREATE TABLE "postponement" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "party_id" INTEGER NOT NULL,
    "ground" VARCHAR(40) NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE,
    "lifted_on" DATE,
    "document" VARCHAR(200) NOT NULL,
    "reason" TEXT NOT NULL,
    "recorded_by_id" INTEGER NOT NULL,
    "recorded_at" DATETIME NOT NULL,
    CONSTRAINT "postponement_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party" ("id") ON DELETE CASCADE,
    CONSTRAINT "postponement_recorded_by_id_fkey" FOREIGN KEY ("recorded_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "postponement_reason_check" CHECK (reason <> ''),
    CONSTRAINT "postponement_to_on_from_on_check" CHECK (to_on is null or to_on >= from_on),
    CONSTRAINT "postponement_lifted_on_from_on_check" CHECK (lifted_on is null or lifted_on >= from_on)
);

CREATE INDEX "postponement_party_id" ON "postponement" ("party_id");
CREATE INDEX "postponement_recorded_by_id" ON "postponement" ("recorded_by_id");

CREATE TABLE "follow_up" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "responsible" VARCHAR(300) NOT NULL,
    "due_on" DATE,
    "done_on" DATE,
    "done_note" TEXT NOT NULL,
    CONSTRAINT "follow_up_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "follow_up_done_on_done_note_check" CHECK (done_on is null or done_note <> '')
);

CREATE INDEX "follow_up_case_id" ON "follow_up" ("case_id");


-- evidence

CREATE TABLE "evidence" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" VARCHAR(300) NOT NULL,
    "kind" VARCHAR(30) NOT NULL,
    "received_on" DATE NOT NULL,
    "received_from" VARCHAR(200) NOT NULL,
    "pages" INTEGER,
    "original" VARCHAR(20) NOT NULL,
    "note" TEXT NOT NULL,
    "file_name" VARCHAR(255) NOT NULL,
    "media_type" VARCHAR(100) NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" VARCHAR(64) NOT NULL,
    "carried_from_id" INTEGER,
    "withdrawn_reason" TEXT NOT NULL,
    "added_by_id" INTEGER NOT NULL,
    "added_at" DATETIME NOT NULL,
    CONSTRAINT "evidence_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE RESTRICT,
    CONSTRAINT "evidence_carried_from_id_fkey" FOREIGN KEY ("carried_from_id") REFERENCES "evidence" ("id") ON DELETE RESTRICT,
    CONSTRAINT "evidence_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "evidence_original_check" CHECK (original in ('original', 'copy')),
    CONSTRAINT "evidence_size_check" CHECK (size >= 0)
);

CREATE INDEX "evidence_case_id" ON "evidence" ("case_id");
CREATE INDEX "evidence_carried_from_id" ON "evidence" ("carried_from_id");
CREATE INDEX "evidence_added_by_id" ON "evidence" ("added_by_id");
CREATE UNIQUE INDEX "evidence_case_id_number" ON "evidence" ("case_id", "number");


-- deadlines

CREATE TABLE "deadline" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "step_id" INTEGER,
    "limit_id" VARCHAR(40) NOT NULL,
    "label" VARCHAR(300) NOT NULL,
    "start_event" VARCHAR(60) NOT NULL,
    "started_on" DATE NOT NULL,
    "rule_on" DATE,
    "due_on" DATE,
    "state" VARCHAR(20) NOT NULL,
    "met_on" DATE,
    "waits_for" VARCHAR(30) NOT NULL,
    CONSTRAINT "deadline_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "deadline_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "case_step" ("id") ON DELETE CASCADE,
    CONSTRAINT "deadline_state_check" CHECK (state in ('running', 'met', 'cancelled')),
    CONSTRAINT "deadline_state_met_on_check" CHECK ((state = 'met') = (met_on is not null))
);

CREATE INDEX "deadline_case_id" ON "deadline" ("case_id");
CREATE INDEX "deadline_step_id" ON "deadline" ("step_id");
CREATE INDEX "deadline_due_on" ON "deadline" ("due_on");
CREATE INDEX "deadline_state" ON "deadline" ("state");

CREATE TABLE "deadline_change" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "deadline_id" INTEGER NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "amount" INTEGER,
    "pause_from" DATE,
    "pause_to" DATE,
    "reason_code" VARCHAR(40) NOT NULL,
    "reason" TEXT NOT NULL,
    "warning" TEXT NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "requested_by_id" INTEGER NOT NULL,
    "requested_at" DATETIME NOT NULL,
    "decided_by_id" INTEGER,
    "decided_at" DATETIME,
    "decision_reason" TEXT NOT NULL,
    CONSTRAINT "deadline_change_deadline_id_fkey" FOREIGN KEY ("deadline_id") REFERENCES "deadline" ("id") ON DELETE CASCADE,
    CONSTRAINT "deadline_change_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "deadline_change_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "deadline_change_kind_check" CHECK (kind in ('extension', 'pause')),
    CONSTRAINT "deadline_change_state_check" CHECK (state in ('requested', 'granted', 'refused')),
    CONSTRAINT "deadline_change_state_decided_at_check" CHECK ((state = 'requested') = (decided_at is null)),
    CONSTRAINT "deadline_change_decided_by_id_decided_at_check" CHECK ((decided_by_id is null) = (decided_at is null)),
    CONSTRAINT "deadline_change_decided_by_id_requested_by_id_check" CHECK (decided_by_id is null or decided_by_id <> requested_by_id),
    CONSTRAINT "deadline_change_kind_amount_check" CHECK (kind <> 'extension' or coalesce(amount, 0) >= 1),
    CONSTRAINT "deadline_change_kind_pause_from_check" CHECK (kind <> 'pause' or pause_from is not null),
    CONSTRAINT "deadline_change_pause_to_pause_from_check" CHECK (pause_to is null or pause_to >= pause_from),
    CONSTRAINT "deadline_change_reason_check" CHECK (reason <> '')
);

CREATE INDEX "deadline_change_deadline_id" ON "deadline_change" ("deadline_id");
CREATE INDEX "deadline_change_requested_by_id" ON "deadline_change" ("requested_by_id");
CREATE INDEX "deadline_change_decided_by_id" ON "deadline_change" ("decided_by_id");

CREATE TABLE "calendar_year" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "year" INTEGER NOT NULL,
    "notice" VARCHAR(300) NOT NULL,
    "confirmed_by_id" INTEGER,
    "confirmed_at" DATETIME,
    CONSTRAINT "calendar_year_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "calendar_year_confirmed_by_id_confirmed_at_check" CHECK ((confirmed_by_id is null) = (confirmed_at is null))
);

CREATE UNIQUE INDEX "calendar_year_year" ON "calendar_year" ("year");
CREATE INDEX "calendar_year_confirmed_by_id" ON "calendar_year" ("confirmed_by_id");

CREATE TABLE "calendar_day" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "year_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    CONSTRAINT "calendar_day_year_id_fkey" FOREIGN KEY ("year_id") REFERENCES "calendar_year" ("id") ON DELETE CASCADE,
    CONSTRAINT "calendar_day_kind_check" CHECK (kind in ('off', 'work'))
);

CREATE INDEX "calendar_day_year_id" ON "calendar_day" ("year_id");
CREATE UNIQUE INDEX "calendar_day_day" ON "calendar_day" ("day");

CREATE TABLE "rule_confirmation" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "rule_id" VARCHAR(40) NOT NULL,
    "version_from" DATE,
    "verdict" VARCHAR(20) NOT NULL,
    "amount" INTEGER,
    "unit" VARCHAR(20) NOT NULL,
    "extension_amount" INTEGER,
    "extension_times" INTEGER,
    "roll" VARCHAR(20) NOT NULL,
    "text" TEXT NOT NULL,
    "basis" VARCHAR(300) NOT NULL,
    "note" TEXT NOT NULL,
    "confirmed_by_id" INTEGER NOT NULL,
    "confirmed_at" DATETIME NOT NULL,
    "withdrawn_by_id" INTEGER,
    "withdrawn_at" DATETIME,
    "withdrawn_reason" TEXT NOT NULL,
    CONSTRAINT "rule_confirmation_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "rule_confirmation_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "rule_confirmation_withdrawn_by_id_fkey" FOREIGN KEY ("withdrawn_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "rule_confirmation_verdict_check" CHECK (verdict in ('confirmed', 'corrected')),
    CONSTRAINT "rule_confirmation_basis_check" CHECK (basis <> ''),
    CONSTRAINT "rule_confirmation_amount_check" CHECK (amount is null or amount >= 0),
    CONSTRAINT "rule_confirmation_extension_amount_check" CHECK (extension_amount is null or extension_amount >= 1),
    CONSTRAINT "rule_confirmation_extension_times_check" CHECK (extension_times is null or extension_times >= 0),
    CONSTRAINT "rule_confirmation_withdrawn_at_withdrawn_by_id_check" CHECK ((withdrawn_at is null) = (withdrawn_by_id is null)),
    CONSTRAINT "rule_confirmation_withdrawn_at_withdrawn_reason_check" CHECK (withdrawn_at is null or withdrawn_reason <> '')
);

CREATE INDEX "rule_confirmation_commission_id" ON "rule_confirmation" ("commission_id");
CREATE INDEX "rule_confirmation_rule_id" ON "rule_confirmation" ("rule_id");
CREATE INDEX "rule_confirmation_confirmed_by_id" ON "rule_confirmation" ("confirmed_by_id");
CREATE INDEX "rule_confirmation_withdrawn_by_id" ON "rule_confirmation" ("withdrawn_by_id");
CREATE INDEX "rule_confirmation_commission_id_rule_id" ON "rule_confirmation" ("commission_id", "rule_id");


-- documents

CREATE TABLE "document" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "case_id" INTEGER,
    "step_id" INTEGER,
    "letter_id" INTEGER,
    "form" VARCHAR(10) NOT NULL,
    "form_edition" VARCHAR(20) NOT NULL,
    "title" VARCHAR(400) NOT NULL,
    "field_values" TEXT NOT NULL,
    "origins" TEXT NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "signer_id" INTEGER,
    "secrecy" VARCHAR(20) NOT NULL,
    "urgency" VARCHAR(20) NOT NULL,
    "series" VARCHAR(20),
    "term" VARCHAR(20),
    "number" INTEGER,
    "symbol" VARCHAR(60) NOT NULL,
    "issued_on" DATE,
    "issued_at" DATETIME,
    "issued_by_id" INTEGER,
    "snapshot" TEXT,
    "pdf_sha256" VARCHAR(64) NOT NULL,
    "docx_sha256" VARCHAR(64) NOT NULL,
    "void_reason" TEXT NOT NULL,
    "created_by_id" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "document_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "document_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE RESTRICT,
    CONSTRAINT "document_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "case_step" ("id") ON DELETE RESTRICT,
    CONSTRAINT "document_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE RESTRICT,
    CONSTRAINT "document_signer_id_fkey" FOREIGN KEY ("signer_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "document_issued_by_id_fkey" FOREIGN KEY ("issued_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "document_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "document_state_check" CHECK (state in ('draft', 'submitted', 'returned', 'approved', 'issued', 'void')),
    CONSTRAINT "document_number_series_term_check" CHECK (number is null or (series is not null and term is not null and number >= 1)),
    CONSTRAINT "document_number_state_check" CHECK (number is null or state in ('approved', 'issued', 'void')),
    CONSTRAINT "document_state_issued_on_snapshot_pdf_sha256_check" CHECK (state <> 'issued' or (issued_on is not null and snapshot is not null and pdf_sha256 <> '')),
    CONSTRAINT "document_state_void_reason_check" CHECK (state <> 'void' or void_reason <> '')
);

CREATE INDEX "document_commission_id" ON "document" ("commission_id");
CREATE INDEX "document_case_id" ON "document" ("case_id");
CREATE INDEX "document_step_id" ON "document" ("step_id");
CREATE INDEX "document_letter_id" ON "document" ("letter_id");
CREATE INDEX "document_state" ON "document" ("state");
CREATE INDEX "document_signer_id" ON "document" ("signer_id");
CREATE INDEX "document_issued_by_id" ON "document" ("issued_by_id");
CREATE INDEX "document_created_by_id" ON "document" ("created_by_id");
CREATE UNIQUE INDEX "document_commission_id_series_term_number" ON "document" ("commission_id", "series", "term", "number");


-- approvals

CREATE TABLE "approval" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "document_id" INTEGER NOT NULL,
    "role" VARCHAR(30) NOT NULL,
    "approver_id" INTEGER,
    "state" VARCHAR(20) NOT NULL,
    "note" TEXT NOT NULL,
    "requested_by_id" INTEGER NOT NULL,
    "requested_at" DATETIME NOT NULL,
    "decided_by_id" INTEGER,
    "decided_at" DATETIME,
    "remarks" TEXT NOT NULL,
    CONSTRAINT "approval_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "approval_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document" ("id") ON DELETE CASCADE,
    CONSTRAINT "approval_approver_id_fkey" FOREIGN KEY ("approver_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "approval_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "approval_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "approval_state_check" CHECK (state in ('waiting', 'approved', 'returned', 'withdrawn')),
    CONSTRAINT "approval_state_decided_at_check" CHECK ((state in ('approved', 'returned')) = (decided_at is not null)),
    CONSTRAINT "approval_decided_by_id_decided_at_check" CHECK ((decided_by_id is null) = (decided_at is null)),
    CONSTRAINT "approval_decided_by_id_requested_by_id_check" CHECK (decided_by_id is null or decided_by_id <> requested_by_id),
    CONSTRAINT "approval_state_remarks_check" CHECK (state <> 'returned' or remarks <> '')
);

CREATE INDEX "approval_commission_id" ON "approval" ("commission_id");
CREATE INDEX "approval_document_id" ON "approval" ("document_id");
CREATE INDEX "approval_approver_id" ON "approval" ("approver_id");
CREATE INDEX "approval_state" ON "approval" ("state");
CREATE INDEX "approval_requested_by_id" ON "approval" ("requested_by_id");
CREATE INDEX "approval_decided_by_id" ON "approval" ("decided_by_id");


-- sessions

CREATE TABLE "session" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "term" VARCHAR(20) NOT NULL,
    "held_on" DATE NOT NULL,
    "starts_at" VARCHAR(5) NOT NULL,
    "ends_at" VARCHAR(5) NOT NULL,
    "place" VARCHAR(200) NOT NULL,
    "chair_id" INTEGER NOT NULL,
    "secretary_id" INTEGER NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "total_members" INTEGER,
    "created_by_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "session_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "session_chair_id_fkey" FOREIGN KEY ("chair_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "session_secretary_id_fkey" FOREIGN KEY ("secretary_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "session_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "session_state_check" CHECK (state in ('planned', 'open', 'closed')),
    CONSTRAINT "session_state_total_members_check" CHECK (state = 'planned' or coalesce(total_members, 0) >= 1)
);

CREATE INDEX "session_commission_id" ON "session" ("commission_id");
CREATE INDEX "session_chair_id" ON "session" ("chair_id");
CREATE INDEX "session_secretary_id" ON "session" ("secretary_id");
CREATE INDEX "session_created_by_id" ON "session" ("created_by_id");
CREATE UNIQUE INDEX "session_commission_id_term_number" ON "session" ("commission_id", "term", "number");

CREATE TABLE "attendance" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "session_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "present" INTEGER NOT NULL,
    "reason" VARCHAR(300) NOT NULL,
    CONSTRAINT "attendance_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session" ("id") ON DELETE CASCADE,
    CONSTRAINT "attendance_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE RESTRICT
);

CREATE INDEX "attendance_session_id" ON "attendance" ("session_id");
CREATE INDEX "attendance_user_id" ON "attendance" ("user_id");
CREATE UNIQUE INDEX "attendance_session_id_user_id" ON "attendance" ("session_id", "user_id");

CREATE TABLE "agenda_item" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "session_id" INTEGER NOT NULL,
    "case_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "title" VARCHAR(400) NOT NULL,
    "reporter" VARCHAR(120) NOT NULL,
    "discussion" TEXT NOT NULL,
    "conclusion" TEXT NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "minutes_id" INTEGER,
    CONSTRAINT "agenda_item_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session" ("id") ON DELETE CASCADE,
    CONSTRAINT "agenda_item_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE RESTRICT,
    CONSTRAINT "agenda_item_minutes_id_fkey" FOREIGN KEY ("minutes_id") REFERENCES "document" ("id") ON DELETE SET NULL,
    CONSTRAINT "agenda_item_state_check" CHECK (state in ('planned', 'concluded', 'postponed')),
    CONSTRAINT "agenda_item_state_conclusion_check" CHECK (state <> 'concluded' or conclusion <> '')
);

CREATE INDEX "agenda_item_session_id" ON "agenda_item" ("session_id");
CREATE INDEX "agenda_item_case_id" ON "agenda_item" ("case_id");
CREATE INDEX "agenda_item_minutes_id" ON "agenda_item" ("minutes_id");
CREATE UNIQUE INDEX "agenda_item_session_id_position" ON "agenda_item" ("session_id", "position");
CREATE UNIQUE INDEX "agenda_item_session_id_case_id" ON "agenda_item" ("session_id", "case_id");

CREATE TABLE "ballot" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "item_id" INTEGER NOT NULL,
    "party_id" INTEGER NOT NULL,
    "stage" VARCHAR(10) NOT NULL,
    "body_name" VARCHAR(200) NOT NULL,
    "base_total" INTEGER NOT NULL,
    "present" INTEGER NOT NULL,
    "issued" INTEGER NOT NULL,
    "returned" INTEGER NOT NULL,
    "valid" INTEGER NOT NULL,
    "invalid" INTEGER NOT NULL,
    "tellers" TEXT NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "outcome" VARCHAR(30) NOT NULL,
    "result" TEXT,
    "seal" VARCHAR(64) NOT NULL,
    "counted_by_id" INTEGER,
    "counted_at" DATETIME,
    "slip_id" INTEGER,
    "minutes_id" INTEGER,
    CONSTRAINT "ballot_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "agenda_item" ("id") ON DELETE CASCADE,
    CONSTRAINT "ballot_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party" ("id") ON DELETE RESTRICT,
    CONSTRAINT "ballot_counted_by_id_fkey" FOREIGN KEY ("counted_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "ballot_slip_id_fkey" FOREIGN KEY ("slip_id") REFERENCES "document" ("id") ON DELETE SET NULL,
    CONSTRAINT "ballot_minutes_id_fkey" FOREIGN KEY ("minutes_id") REFERENCES "document" ("id") ON DELETE SET NULL,
    CONSTRAINT "ballot_stage_check" CHECK (stage in ('propose', 'decide')),
    CONSTRAINT "ballot_state_check" CHECK (state in ('open', 'counted')),
    CONSTRAINT "ballot_state_counted_at_check" CHECK ((state = 'counted') = (counted_at is not null)),
    CONSTRAINT "ballot_issued_present_base_total_check" CHECK (issued <= present and present <= base_total and base_total >= 1),
    CONSTRAINT "ballot_returned_issued_valid_invalid_check" CHECK (returned <= issued and valid + invalid = returned and valid >= 0 and invalid >= 0)
);

CREATE INDEX "ballot_item_id" ON "ballot" ("item_id");
CREATE INDEX "ballot_party_id" ON "ballot" ("party_id");
CREATE INDEX "ballot_counted_by_id" ON "ballot" ("counted_by_id");
CREATE INDEX "ballot_slip_id" ON "ballot" ("slip_id");
CREATE INDEX "ballot_minutes_id" ON "ballot" ("minutes_id");
CREATE UNIQUE INDEX "ballot_item_id_party_id_stage" ON "ballot" ("item_id", "party_id", "stage");

CREATE TABLE "ballot_tally" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "ballot_id" INTEGER NOT NULL,
    "option" VARCHAR(30) NOT NULL,
    "votes" INTEGER NOT NULL,
    CONSTRAINT "ballot_tally_ballot_id_fkey" FOREIGN KEY ("ballot_id") REFERENCES "ballot" ("id") ON DELETE CASCADE,
    CONSTRAINT "ballot_tally_votes_check" CHECK (votes >= 0)
);

CREATE INDEX "ballot_tally_ballot_id" ON "ballot_tally" ("ballot_id");
CREATE UNIQUE INDEX "ballot_tally_ballot_id_option" ON "ballot_tally" ("ballot_id", "option");

CREATE TABLE "outside_vote" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "step_key" VARCHAR(10) NOT NULL,
    "party_id" INTEGER NOT NULL,
    "body_name" VARCHAR(200) NOT NULL,
    "held_on" DATE NOT NULL,
    "stage" VARCHAR(10) NOT NULL,
    "base_total" INTEGER NOT NULL,
    "present" INTEGER NOT NULL,
    "invalid" INTEGER NOT NULL,
    "votes" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "outcome" VARCHAR(30) NOT NULL,
    "minutes_note" VARCHAR(200) NOT NULL,
    "recorded_by_id" INTEGER NOT NULL,
    "recorded_at" DATETIME NOT NULL,
    CONSTRAINT "outside_vote_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE CASCADE,
    CONSTRAINT "outside_vote_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party" ("id") ON DELETE RESTRICT,
    CONSTRAINT "outside_vote_recorded_by_id_fkey" FOREIGN KEY ("recorded_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "outside_vote_stage_check" CHECK (stage in ('propose', 'decide')),
    CONSTRAINT "outside_vote_present_base_total_check" CHECK (present <= base_total and base_total >= 1),
    CONSTRAINT "outside_vote_invalid_present_check" CHECK (invalid >= 0 and invalid <= present)
);

CREATE INDEX "outside_vote_case_id" ON "outside_vote" ("case_id");
CREATE INDEX "outside_vote_party_id" ON "outside_vote" ("party_id");
CREATE INDEX "outside_vote_recorded_by_id" ON "outside_vote" ("recorded_by_id");
CREATE UNIQUE INDEX "outside_vote_case_id_step_key_party_id_body_name" ON "outside_vote" ("case_id", "step_key", "party_id", "body_name");


-- decisions

CREATE TABLE "decision" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "case_id" INTEGER,
    "party_id" INTEGER,
    "ballot_id" INTEGER,
    "outside_vote_id" INTEGER,
    "document_id" INTEGER,
    "announcement_id" INTEGER,
    "number_text" VARCHAR(60) NOT NULL,
    "number" INTEGER,
    "signed_on" DATE,
    "subject_kind" VARCHAR(10) NOT NULL,
    "subject_name" VARCHAR(300) NOT NULL,
    "subject_member_id" INTEGER,
    "subject_organisation_id" INTEGER,
    "birth_date" DATE,
    "post" VARCHAR(200) NOT NULL,
    "unit" VARCHAR(300) NOT NULL,
    "managed_by" VARCHAR(200) NOT NULL,
    "violation" TEXT NOT NULL,
    "violation_group" VARCHAR(60) NOT NULL,
    "penalty" VARCHAR(30) NOT NULL,
    "removed_post" VARCHAR(200) NOT NULL,
    "deciding_body" VARCHAR(200) NOT NULL,
    "origin" VARCHAR(60) NOT NULL,
    "announced_on" DATE,
    "received_on" DATE,
    "refusal" TEXT NOT NULL,
    "effective_on" DATE,
    "ends_on" DATE,
    "complaint" VARCHAR(200) NOT NULL,
    "changed_to" VARCHAR(30) NOT NULL,
    "note" TEXT NOT NULL,
    "created_by_id" INTEGER,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "decision_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "decision_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case" ("id") ON DELETE RESTRICT,
    CONSTRAINT "decision_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party" ("id") ON DELETE RESTRICT,
    CONSTRAINT "decision_ballot_id_fkey" FOREIGN KEY ("ballot_id") REFERENCES "ballot" ("id") ON DELETE RESTRICT,
    CONSTRAINT "decision_outside_vote_id_fkey" FOREIGN KEY ("outside_vote_id") REFERENCES "outside_vote" ("id") ON DELETE RESTRICT,
    CONSTRAINT "decision_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document" ("id") ON DELETE SET NULL,
    CONSTRAINT "decision_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "document" ("id") ON DELETE SET NULL,
    CONSTRAINT "decision_subject_member_id_fkey" FOREIGN KEY ("subject_member_id") REFERENCES "member" ("id") ON DELETE RESTRICT,
    CONSTRAINT "decision_subject_organisation_id_fkey" FOREIGN KEY ("subject_organisation_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT,
    CONSTRAINT "decision_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "decision_subject_kind_check" CHECK (subject_kind in ('member', 'body')),
    CONSTRAINT "decision_penalty_check" CHECK (penalty in ('reprimand', 'warning', 'removal', 'expulsion', 'dissolution')),
    CONSTRAINT "decision_announced_on_signed_on_check" CHECK (announced_on is null or signed_on is null or announced_on >= signed_on),
    CONSTRAINT "decision_penalty_removed_post_case_id_check" CHECK (penalty <> 'removal' or removed_post <> '' or case_id is null),
    CONSTRAINT "decision_subject_kind_penalty_check" CHECK (subject_kind = 'member' or penalty in ('reprimand', 'warning', 'dissolution'))
);

CREATE INDEX "decision_commission_id" ON "decision" ("commission_id");
CREATE INDEX "decision_case_id" ON "decision" ("case_id");
CREATE INDEX "decision_party_id" ON "decision" ("party_id");
CREATE UNIQUE INDEX "decision_ballot_id" ON "decision" ("ballot_id");
CREATE UNIQUE INDEX "decision_outside_vote_id" ON "decision" ("outside_vote_id");
CREATE UNIQUE INDEX "decision_document_id" ON "decision" ("document_id");
CREATE INDEX "decision_announcement_id" ON "decision" ("announcement_id");
CREATE INDEX "decision_subject_member_id" ON "decision" ("subject_member_id");
CREATE INDEX "decision_subject_organisation_id" ON "decision" ("subject_organisation_id");
CREATE INDEX "decision_created_by_id" ON "decision" ("created_by_id");


-- imports

CREATE TABLE "import_file" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "kind" VARCHAR(30) NOT NULL,
    "sha256" VARCHAR(64) NOT NULL,
    "rows_read" INTEGER NOT NULL,
    "rows_stored" INTEGER NOT NULL,
    "rows_unchanged" INTEGER NOT NULL,
    "rows_with_problems" INTEGER NOT NULL,
    "notes" TEXT NOT NULL,
    "imported_by_id" INTEGER,
    "imported_at" DATETIME NOT NULL,
    CONSTRAINT "import_file_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "import_file_imported_by_id_fkey" FOREIGN KEY ("imported_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "import_file_rows_read_rows_stored_rows_unchanged_rows_wi_check" CHECK (rows_read = rows_stored + rows_unchanged + rows_with_problems)
);

CREATE INDEX "import_file_commission_id" ON "import_file" ("commission_id");
CREATE INDEX "import_file_imported_by_id" ON "import_file" ("imported_by_id");

CREATE TABLE "imported_row" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "kind" VARCHAR(30) NOT NULL,
    "content_hash" VARCHAR(64) NOT NULL,
    "object_id" INTEGER NOT NULL,
    CONSTRAINT "imported_row_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT
);

CREATE INDEX "imported_row_commission_id" ON "imported_row" ("commission_id");
CREATE UNIQUE INDEX "imported_row_commission_id_kind_content_hash" ON "imported_row" ("commission_id", "kind", "content_hash");

CREATE TABLE "repair_row" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "commission_id" INTEGER NOT NULL,
    "file_id" INTEGER NOT NULL,
    "kind" VARCHAR(30) NOT NULL,
    "row_number" INTEGER NOT NULL,
    "content_hash" VARCHAR(64) NOT NULL,
    "occurrence" INTEGER NOT NULL,
    "raw_cells" TEXT NOT NULL,
    "sealed" BLOB,
    "about" VARCHAR(300) NOT NULL,
    "problems" TEXT NOT NULL,
    "conflict" INTEGER NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "reason" VARCHAR(300) NOT NULL,
    "settled_by_id" INTEGER,
    "settled_at" DATETIME,
    CONSTRAINT "repair_row_commission_id_fkey" FOREIGN KEY ("commission_id") REFERENCES "commission" ("id") ON DELETE RESTRICT,
    CONSTRAINT "repair_row_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "import_file" ("id") ON DELETE RESTRICT,
    CONSTRAINT "repair_row_settled_by_id_fkey" FOREIGN KEY ("settled_by_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
    CONSTRAINT "repair_row_state_check" CHECK (state in ('open', 'repaired', 'set_aside')),
    CONSTRAINT "repair_row_state_settled_at_check" CHECK ((state = 'open') = (settled_at is null)),
    CONSTRAINT "repair_row_state_reason_check" CHECK (state <> 'set_aside' or reason <> '')
);

CREATE INDEX "repair_row_commission_id" ON "repair_row" ("commission_id");
CREATE INDEX "repair_row_file_id" ON "repair_row" ("file_id");
CREATE INDEX "repair_row_state" ON "repair_row" ("state");
CREATE INDEX "repair_row_settled_by_id" ON "repair_row" ("settled_by_id");
CREATE UNIQUE INDEX "repair_row_commission_id_kind_content_hash_occurrence" ON "repair_row" ("commission_id", "kind", "content_hash", "occurrence");

CREATE TABLE "waiting_file" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "kind" VARCHAR(30) NOT NULL,
    "sheet" VARCHAR(255) NOT NULL,
    "sealed_sha256" VARCHAR(64) NOT NULL,
    "uploaded_at" DATETIME NOT NULL,
    CONSTRAINT "waiting_file_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE INDEX "waiting_file_user_id" ON "waiting_file" ("user_id");
CREATE INDEX "waiting_file_uploaded_at" ON "waiting_file" ("uploaded_at");


-- the journal only grows

CREATE TRIGGER audit_event_no_update before update on audit_event begin select raise(abort, 'audit_event is append-only'); end;

CREATE TRIGGER audit_event_no_delete before delete on audit_event begin select raise(abort, 'audit_event is append-only'); end;

CREATE TRIGGER audit_event_no_replace before insert on audit_event when exists (select 1 from audit_event where id = new.id or hash = new.hash) begin select raise(abort, 'audit_event is append-only'); end;
