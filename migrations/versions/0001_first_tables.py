"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.base import BigId, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("name_th", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("moo", BigId, nullable=True),
        sa.Column("households", BigId, nullable=True),
        sa.Column("leader_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["parent_code"], ["area.code"], name=op.f("fk_area_parent_code_area")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_area_code_id", ["area_code", "id"], unique=False)
        batch_op.create_index("ix_audit_person_id_at", ["person_id", "at"], unique=False)

    op.create_table(
        "channel",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bot_user_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel")),
    )
    op.create_table(
        "civil_clock",
        sa.Column("id", BigId, nullable=False),
        sa.Column("offset_seconds", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_civil_clock")),
    )
    op.create_table(
        "clock_lease",
        sa.Column("id", BigId, nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_lease")),
    )
    op.create_table(
        "discarded",
        sa.Column("id", BigId, nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discarded")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_discarded_storage_key")),
    )
    op.create_table(
        "owed_job",
        sa.Column("id", BigId, nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("subject_id", BigId, nullable=False),
        sa.Column("attempts", BigId, nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed_job")),
        sa.UniqueConstraint("job", "subject_id", name=op.f("uq_owed_job_job_subject_id")),
    )
    with op.batch_alter_table("owed_job", schema=None) as batch_op:
        batch_op.create_index("ix_owed_job_due", ["done_at", "next_try_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("privacy_version", BigId, nullable=True),
        sa.Column("privacy_at", UtcDateTime(), nullable=True),
        sa.Column("signing", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("made_by", BigId, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_api_token_area_code_area")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_api_token_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_area_code"), ["area_code"], unique=False)

    op.create_table(
        "campaign",
        sa.Column("id", BigId, nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("settings", Json, nullable=False),
        sa.Column("loaded_at", UtcDateTime(), nullable=False),
        sa.Column("begins_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["province_code"], ["area.code"], name=op.f("fk_campaign_province_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("slug", name=op.f("uq_campaign_slug")),
    )
    op.create_table(
        "household",
        sa.Column("id", BigId, nullable=False),
        sa.Column("village_code", sa.String(), nullable=False),
        sa.Column("house_no", sa.String(), nullable=False),
        sa.Column("near", sa.String(), nullable=False),
        sa.Column("ordinal", BigId, nullable=False),
        sa.Column("position", BigId, nullable=False),
        sa.Column("registered", sa.Boolean(), nullable=False),
        sa.Column("head_name", sa.String(), nullable=False),
        sa.Column("volunteer_code", sa.String(), nullable=False),
        sa.Column("other_volunteers", sa.String(), nullable=False),
        sa.Column("has_photo", sa.Boolean(), nullable=True),
        sa.Column("has_signature", sa.Boolean(), nullable=True),
        sa.Column("on_web", sa.Boolean(), nullable=True),
        sa.Column("survey_year", BigId, nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("members", BigId, nullable=True),
        sa.ForeignKeyConstraint(["village_code"], ["area.code"], name=op.f("fk_household_village_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint(
            "village_code", "house_no", "near", "ordinal", name=op.f("uq_household_village_code_house_no_near_ordinal")
        ),
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_village_code"), ["village_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_household_volunteer_code"), ["volunteer_code"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("id", BigId, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("replace", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("total", BigId, nullable=True),
        sa.Column("rows_read", BigId, nullable=False),
        sa.Column("added", BigId, nullable=False),
        sa.Column("changed", BigId, nullable=False),
        sa.Column("same", BigId, nullable=False),
        sa.Column("refused", BigId, nullable=False),
        sa.Column("vanished", BigId, nullable=False),
        sa.Column("removed", BigId, nullable=False),
        sa.Column("errors_key", sa.String(), nullable=False),
        sa.Column("upload_key", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("told", Json, nullable=False),
        sa.Column("started_by", BigId, nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_import_run_started_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "line_account",
        sa.Column("id", BigId, nullable=False),
        sa.Column("channel_id", BigId, nullable=False),
        sa.Column("line_user_id", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("former_person_id", BigId, nullable=True),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("chosen_language", sa.String(), nullable=False),
        sa.Column("profile_at", UtcDateTime(), nullable=True),
        sa.Column("following", sa.Boolean(), nullable=False),
        sa.Column("rich_menu", sa.String(), nullable=False),
        sa.Column("failed_codes", BigId, nullable=False),
        sa.Column("codes_blocked_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_line_account_channel_id_channel")),
        sa.ForeignKeyConstraint(
            ["former_person_id"], ["person.id"], name=op.f("fk_line_account_former_person_id_person")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_line_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_account")),
        sa.UniqueConstraint("channel_id", "line_user_id", name=op.f("uq_line_account_channel_id_line_user_id")),
    )
    with op.batch_alter_table("line_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_account_former_person_id"), ["former_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_line_account_person_id"), ["person_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_membership_area_code_area")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("person_id", "role", "area_code", name=op.f("uq_membership_person_id_role_area_code")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("ix_membership_area_role", ["area_code", "role"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("values", Json, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("subject", name=op.f("uq_notice_subject")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_person_id"), ["person_id"], unique=False)

    op.create_table(
        "quality_count",
        sa.Column("id", BigId, nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("total", BigId, nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_quality_count_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_count")),
        sa.UniqueConstraint("area_code", "finding", name=op.f("uq_quality_count_area_code_finding")),
    )
    op.create_table(
        "quota_reading",
        sa.Column("channel_id", BigId, nullable=False),
        sa.Column("limit", BigId, nullable=True),
        sa.Column("used", BigId, nullable=False),
        sa.Column("sent_since", BigId, nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=True),
        sa.Column("gone_at", UtcDateTime(), nullable=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_quota_reading_channel_id_channel")),
        sa.PrimaryKeyConstraint("channel_id", name=op.f("pk_quota_reading")),
    )
    op.create_table(
        "rate_window",
        sa.Column("id", BigId, nullable=False),
        sa.Column("channel_id", BigId, nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("window_start", UtcDateTime(), nullable=False),
        sa.Column("calls", BigId, nullable=False),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_rate_window_channel_id_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_window")),
        sa.UniqueConstraint("channel_id", "endpoint", name=op.f("uq_rate_window_channel_id_endpoint")),
    )
    op.create_table(
        "rich_menu",
        sa.Column("id", BigId, nullable=False),
        sa.Column("channel_id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("line_rich_menu_id", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_rich_menu_channel_id_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rich_menu")),
        sa.UniqueConstraint("channel_id", "key", "locale", name=op.f("uq_rich_menu_channel_id_key_locale")),
    )
    op.create_table(
        "volunteer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("registered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_volunteer_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("code", name=op.f("uq_volunteer_code")),
    )
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_volunteer_area_code"), ["area_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_volunteer_name"), ["name"], unique=False)

    op.create_table(
        "webhook_subscription",
        sa.Column("id", BigId, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("made_by", BigId, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_webhook_subscription_area_code_area")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_webhook_subscription_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_subscription")),
    )
    with op.batch_alter_table("webhook_subscription", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_subscription_area_code"), ["area_code"], unique=False)

    op.create_table(
        "campaign_file",
        sa.Column("id", BigId, nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_file_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_file")),
        sa.UniqueConstraint("campaign_id", "path", name=op.f("uq_campaign_file_campaign_id_path")),
    )
    op.create_table(
        "conversation",
        sa.Column("id", BigId, nullable=False),
        sa.Column("channel_id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=True),
        sa.Column("group_key", sa.String(), nullable=True),
        sa.Column("state", Json, nullable=False),
        sa.Column("last_timestamp", BigId, nullable=False),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["line_account.id"], name=op.f("fk_conversation_account_id_line_account")
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_conversation_channel_id_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("account_id", name=op.f("uq_conversation_account_id")),
        sa.UniqueConstraint("channel_id", "group_key", name=op.f("uq_conversation_channel_id_group_key")),
    )
    op.create_table(
        "dashboard_figure",
        sa.Column("id", BigId, nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("number", BigId, nullable=False),
        sa.Column("value", BigId, nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_by", BigId, nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_dashboard_figure_area_code_area")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_dashboard_figure_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_dashboard_figure_entered_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dashboard_figure")),
        sa.UniqueConstraint(
            "campaign_id",
            "measure",
            "area_code",
            "number",
            name=op.f("uq_dashboard_figure_campaign_id_measure_area_code_number"),
        ),
    )
    with op.batch_alter_table("dashboard_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dashboard_figure_area_code"), ["area_code"], unique=False)
        batch_op.create_index(
            "uq_dashboard_figure_standing",
            ["campaign_id", "measure", "area_code"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "desk_session",
        sa.Column("id", BigId, nullable=False),
        sa.Column("link_nonce", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["line_account.id"], name=op.f("fk_desk_session_account_id_line_account")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_desk_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_session")),
        sa.UniqueConstraint("link_nonce", name=op.f("uq_desk_session_link_nonce")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_desk_session_token_digest")),
    )
    with op.batch_alter_table("desk_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "difference_reason",
        sa.Column("id", BigId, nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("gap", BigId, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_difference_reason_area_code_area")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_difference_reason_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_difference_reason_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difference_reason")),
    )
    with op.batch_alter_table("difference_reason", schema=None) as batch_op:
        batch_op.create_index("ix_difference_reason_place", ["campaign_id", "measure", "area_code"], unique=False)

    op.create_table(
        "earlier_record",
        sa.Column("id", BigId, nullable=False),
        sa.Column("household_id", BigId, nullable=False),
        sa.Column("survey_year", BigId, nullable=False),
        sa.Column("head_name", sa.String(), nullable=False),
        sa.Column("volunteer_code", sa.String(), nullable=False),
        sa.Column("other_volunteers", sa.String(), nullable=False),
        sa.Column("has_photo", sa.Boolean(), nullable=True),
        sa.Column("has_signature", sa.Boolean(), nullable=True),
        sa.Column("on_web", sa.Boolean(), nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("members", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_earlier_record_household_id_household"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_record")),
        sa.UniqueConstraint("household_id", "survey_year", name=op.f("uq_earlier_record_household_id_survey_year")),
    )
    with op.batch_alter_table("earlier_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_earlier_record_household_id"), ["household_id"], unique=False)

    op.create_table(
        "export",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wanted", Json, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", BigId, nullable=False),
        sa.Column("total", BigId, nullable=False),
        sa.Column("parts", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_export_area_code_area")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_export_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_export_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    with op.batch_alter_table("export", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_area_code"), ["area_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_export_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_export_state"), ["state"], unique=False)

    op.create_table(
        "form",
        sa.Column("id", BigId, nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("answered_by", Json, nullable=False),
        sa.Column("supplies_known", sa.Boolean(), nullable=False),
        sa.Column("current_version_id", BigId, nullable=True),
        sa.Column("duty", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_form_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_form_campaign_id_key")),
    )
    op.create_table(
        "household_case",
        sa.Column("id", BigId, nullable=False),
        sa.Column("household_id", BigId, nullable=False),
        sa.Column("case", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("line_message_id", sa.String(), nullable=False),
        sa.Column("confirmed_message_id", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_household_case_household_id_household"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_household_case_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_case")),
        sa.UniqueConstraint("household_id", "case", name=op.f("uq_household_case_household_id_case")),
    )
    with op.batch_alter_table("household_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_household_case_confirmed_message_id"), ["confirmed_message_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_household_case_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_household_case_line_message_id"), ["line_message_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", BigId, nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("used_by", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_invitation_area_code_area")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.ForeignKeyConstraint(["used_by"], ["line_account.id"], name=op.f("fk_invitation_used_by_line_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_invitation_code_digest")),
    )
    op.create_table(
        "join_request",
        sa.Column("id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("privacy_version", BigId, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["line_account.id"], name=op.f("fk_join_request_account_id_line_account")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_join_request_area_code_area")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_join_request_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
    )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_request_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_request_area_code"), ["area_code"], unique=False)

    op.create_table(
        "known_value",
        sa.Column("id", BigId, nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("round_number", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_known_value_area_code_area")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_known_value_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_value")),
        sa.UniqueConstraint(
            "campaign_id",
            "area_code",
            "round_number",
            "name",
            name=op.f("uq_known_value_campaign_id_area_code_round_number_name"),
        ),
    )
    op.create_table(
        "reconciliation_step",
        sa.Column("id", BigId, nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("number", BigId, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", Json, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_reconciliation_step_area_code_area")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_reconciliation_step_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reconciliation_step_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_step")),
        sa.UniqueConstraint(
            "campaign_id",
            "measure",
            "area_code",
            "number",
            name=op.f("uq_reconciliation_step_campaign_id_measure_area_code_number"),
        ),
    )
    op.create_table(
        "round",
        sa.Column("id", BigId, nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("number", BigId, nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_round_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("campaign_id", "duty", "number", name=op.f("uq_round_campaign_id_duty_number")),
    )
    op.create_table(
        "volunteer_signature",
        sa.Column("id", BigId, nullable=False),
        sa.Column("volunteer_id", BigId, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("width", BigId, nullable=False),
        sa.Column("height", BigId, nullable=False),
        sa.Column("size", BigId, nullable=False),
        sa.Column("loaded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name=op.f("fk_volunteer_signature_volunteer_id_volunteer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_signature")),
        sa.UniqueConstraint("volunteer_id", "sha256", name=op.f("uq_volunteer_signature_volunteer_id_sha256")),
    )
    with op.batch_alter_table("volunteer_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_volunteer_signature_volunteer_id"), ["volunteer_id"], unique=False)

    op.create_table(
        "webhook_delivery",
        sa.Column("id", BigId, nullable=False),
        sa.Column("subscription_id", BigId, nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", BigId, nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["webhook_subscription.id"],
            name=op.f("fk_webhook_delivery_subscription_id_webhook_subscription"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
    )
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.create_index("ix_webhook_delivery_subscription_state", ["subscription_id", "state"], unique=False)

    op.create_table(
        "broadcast",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round_id", BigId, nullable=True),
        sa.Column("audience", Json, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("cost", BigId, nullable=False),
        sa.Column("created_by", BigId, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("send_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_by", BigId, nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_broadcast_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["cancelled_by"], ["person.id"], name=op.f("fk_broadcast_cancelled_by_person")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_broadcast_confirmed_by_person")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_broadcast_created_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_broadcast_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
        sa.UniqueConstraint("key", name=op.f("uq_broadcast_key")),
    )
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broadcast_state"), ["state"], unique=False)

    op.create_table(
        "form_upload",
        sa.Column("id", BigId, nullable=False),
        sa.Column("form_id", BigId, nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("xform", sa.String(), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("uploaded_by", BigId, nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_form_upload_form_id_form")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_upload")),
        sa.UniqueConstraint("form_id", name=op.f("uq_form_upload_form_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "form_version",
        sa.Column("id", BigId, nullable=False),
        sa.Column("form_id", BigId, nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("xform", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("loaded_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_form_version_form_id_form")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint("form_id", "content_hash", name=op.f("uq_form_version_form_id_content_hash")),
    )
    op.create_table(
        "inbox_event",
        sa.Column("id", BigId, nullable=False),
        sa.Column("channel_id", BigId, nullable=False),
        sa.Column("conversation_id", BigId, nullable=True),
        sa.Column("webhook_event_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("line_message_id", sa.String(), nullable=True),
        sa.Column("timestamp", BigId, nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", BigId, nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_inbox_event_channel_id_channel")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_inbox_event_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_event")),
        sa.UniqueConstraint("webhook_event_id", name=op.f("uq_inbox_event_webhook_event_id")),
    )
    with op.batch_alter_table("inbox_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_event_line_message_id"), ["line_message_id"], unique=False)
        batch_op.create_index("ix_inbox_event_pending", ["conversation_id", "handled_at", "timestamp"], unique=False)

    op.create_table(
        "line_group",
        sa.Column("id", BigId, nullable=False),
        sa.Column("conversation_id", BigId, nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("linked_by", BigId, nullable=True),
        sa.Column("linked_at", UtcDateTime(), nullable=True),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_line_group_area_code_area")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_line_group_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["linked_by"], ["person.id"], name=op.f("fk_line_group_linked_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_group")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_line_group_conversation_id")),
    )
    op.create_table(
        "obligation",
        sa.Column("id", BigId, nullable=False),
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("form_id", BigId, nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("assigned_to", BigId, nullable=True),
        sa.Column("assigned_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_obligation_area_code_area")),
        sa.ForeignKeyConstraint(["assigned_by"], ["person.id"], name=op.f("fk_obligation_assigned_by_person")),
        sa.ForeignKeyConstraint(["assigned_to"], ["person.id"], name=op.f("fk_obligation_assigned_to_person")),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_obligation_form_id_form")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_obligation_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("round_id", "form_id", "area_code", name=op.f("uq_obligation_round_id_form_id_area_code")),
    )
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_obligation_area_code"), ["area_code"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", BigId, nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("outbox_id", BigId, nullable=True),
        sa.Column("dropped", sa.String(), nullable=False),
        sa.Column("planned_for", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["line_account.id"], name=op.f("fk_reminder_account_id_line_account")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_reminder_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "entry",
            "round_id",
            "obligation_id",
            "account_id",
            name=op.f("uq_reminder_entry_round_id_obligation_id_account_id"),
        ),
    )
    op.create_table(
        "draft",
        sa.Column("id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("form_version_id", BigId, nullable=False),
        sa.Column("row_version", BigId, nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("skipped", Json, nullable=False),
        sa.Column("explained", Json, nullable=False),
        sa.Column("amends", BigId, nullable=True),
        sa.Column("updated_by", BigId, nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", BigId, nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("sent_back_by", BigId, nullable=True),
        sa.Column("sent_back_reason", sa.String(), nullable=False),
        sa.Column("offered_version_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_draft_asked_by_person")),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_version.id"], name=op.f("fk_draft_form_version_id_form_version")
        ),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_draft_obligation_id_obligation")),
        sa.ForeignKeyConstraint(
            ["offered_version_id"], ["form_version.id"], name=op.f("fk_draft_offered_version_id_form_version")
        ),
        sa.ForeignKeyConstraint(["sent_back_by"], ["person.id"], name=op.f("fk_draft_sent_back_by_person")),
        sa.ForeignKeyConstraint(["updated_by"], ["person.id"], name=op.f("fk_draft_updated_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("obligation_id", name=op.f("uq_draft_obligation_id")),
    )
    op.create_table(
        "media",
        sa.Column("id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("line_message_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("size", BigId, nullable=True),
        sa.Column("width", BigId, nullable=True),
        sa.Column("height", BigId, nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("thumbnail_key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("village_code", sa.String(), nullable=True),
        sa.Column("household_id", BigId, nullable=True),
        sa.Column("obligation_id", BigId, nullable=True),
        sa.Column("said_in", sa.String(), nullable=False),
        sa.Column("sheet", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["line_account.id"], name=op.f("fk_media_account_id_line_account")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_media_household_id_household")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_media_obligation_id_obligation")),
        sa.ForeignKeyConstraint(["village_code"], ["area.code"], name=op.f("fk_media_village_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("line_message_id", name=op.f("uq_media_line_message_id")),
    )
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_media_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_media_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_media_said_in"), ["said_in"], unique=False)
        batch_op.create_index(batch_op.f("ix_media_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_media_village_code"), ["village_code"], unique=False)

    op.create_table(
        "obligation_change",
        sa.Column("id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_obligation_change_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_obligation_change_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_change")),
    )
    with op.batch_alter_table("obligation_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_obligation_change_obligation_id"), ["obligation_id"], unique=False)

    op.create_table(
        "outbox_request",
        sa.Column("id", BigId, nullable=False),
        sa.Column("channel_id", BigId, nullable=False),
        sa.Column("conversation_id", BigId, nullable=True),
        sa.Column("inbox_event_id", BigId, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("messages", Json, nullable=False),
        sa.Column("reply_token", sa.String(), nullable=True),
        sa.Column("retry_key", sa.String(), nullable=False),
        sa.Column("obligation_id", BigId, nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("broadcast_id", BigId, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", BigId, nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("under_way_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("line_request_id", sa.String(), nullable=False),
        sa.Column("line_message_ids", Json, nullable=False),
        sa.Column("about", Json, nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_outbox_request_broadcast_id_broadcast")
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_outbox_request_channel_id_channel")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_outbox_request_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(
            ["inbox_event_id"], ["inbox_event.id"], name=op.f("fk_outbox_request_inbox_event_id_inbox_event")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_outbox_request_obligation_id_obligation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_request")),
        sa.UniqueConstraint("inbox_event_id", name=op.f("uq_outbox_request_inbox_event_id")),
        sa.UniqueConstraint("retry_key", name=op.f("uq_outbox_request_retry_key")),
    )
    with op.batch_alter_table("outbox_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_request_broadcast_id"), ["broadcast_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_request_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index("ix_outbox_request_pending", ["state", "next_try_at"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("number", BigId, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("form_version_id", BigId, nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("explained", Json, nullable=False),
        sa.Column("xml", sa.String(), nullable=False),
        sa.Column("submitted_by", BigId, nullable=False),
        sa.Column("phoned_by", sa.String(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("approved_by", BigId, nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_report_approved_by_person")),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_version.id"], name=op.f("fk_report_form_version_id_form_version")
        ),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_report_obligation_id_obligation")),
        sa.ForeignKeyConstraint(["submitted_by"], ["person.id"], name=op.f("fk_report_submitted_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("obligation_id", "number", name=op.f("uq_report_obligation_id_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_report_reference")),
    )
    op.create_table(
        "sent_letter",
        sa.Column("id", BigId, nullable=False),
        sa.Column("round_id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=True),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("added_by", BigId, nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_sent_letter_added_by_person")),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_sent_letter_area_code_area")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_sent_letter_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_sent_letter_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_letter")),
    )
    with op.batch_alter_table("sent_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_letter_obligation_id"), ["obligation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sent_letter_round_id"), ["round_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("box", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_answer_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("report_id", "name", name=op.f("uq_answer_report_id_name")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_box"), ["box"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_report_id"), ["report_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", BigId, nullable=False),
        sa.Column("outbox_id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["line_account.id"], name=op.f("fk_delivery_account_id_line_account")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_delivery_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox_request.id"], name=op.f("fk_delivery_outbox_id_outbox_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("outbox_id", "account_id", name=op.f("uq_delivery_outbox_id_account_id")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_account_id"), ["account_id"], unique=False)

    op.create_table(
        "look_alike",
        sa.Column("id", BigId, nullable=False),
        sa.Column("first_id", BigId, nullable=False),
        sa.Column("second_id", BigId, nullable=False),
        sa.Column("distance", BigId, nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_look_alike_decided_by_person")),
        sa.ForeignKeyConstraint(["first_id"], ["media.id"], name=op.f("fk_look_alike_first_id_media")),
        sa.ForeignKeyConstraint(["second_id"], ["media.id"], name=op.f("fk_look_alike_second_id_media")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_alike")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_look_alike_first_id_second_id")),
    )
    with op.batch_alter_table("look_alike", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_look_alike_second_id"), ["second_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_look_alike_verdict"), ["verdict"], unique=False)

    op.create_table(
        "photo_band",
        sa.Column("media_id", BigId, nullable=False),
        sa.Column("band", BigId, nullable=False),
        sa.Column("value", BigId, nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_photo_band_media_id_media")),
        sa.PrimaryKeyConstraint("media_id", "band", name=op.f("pk_photo_band")),
    )
    with op.batch_alter_table("photo_band", schema=None) as batch_op:
        batch_op.create_index("ix_photo_band_value", ["band", "value"], unique=False)

    op.create_table(
        "report_review",
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("grave", BigId, nullable=False),
        sa.Column("light", BigId, nullable=False),
        sa.Column("remarks", Json, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_review_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_review")),
    )
    op.create_table(
        "signature",
        sa.Column("id", BigId, nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("village_code", sa.String(), nullable=False),
        sa.Column("household_id", BigId, nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("signed_on", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_id", BigId, nullable=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_signature_household_id_household")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_signature_media_id_media")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signature_person_id_person")),
        sa.ForeignKeyConstraint(["village_code"], ["area.code"], name=op.f("fk_signature_village_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("nonce", name=op.f("uq_signature_nonce")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_media_id"), ["media_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_village_code"), ["village_code"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", BigId, nullable=False),
        sa.Column("village_code", sa.String(), nullable=False),
        sa.Column("campaign_id", BigId, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("counts", Json, nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.Column("number", BigId, nullable=True),
        sa.Column("leader_id", BigId, nullable=False),
        sa.Column("leader_name", sa.String(), nullable=False),
        sa.Column("leader_position", sa.String(), nullable=False),
        sa.Column("leader_signature_id", BigId, nullable=True),
        sa.Column("inspector_id", BigId, nullable=True),
        sa.Column("inspector_name", sa.String(), nullable=False),
        sa.Column("inspector_position", sa.String(), nullable=False),
        sa.Column("inspector_signature_id", BigId, nullable=True),
        sa.Column("certified_at", UtcDateTime(), nullable=True),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("document_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_certificate_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["inspector_id"], ["person.id"], name=op.f("fk_certificate_inspector_id_person")),
        sa.ForeignKeyConstraint(
            ["inspector_signature_id"], ["signature.id"], name=op.f("fk_certificate_inspector_signature_id_signature")
        ),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_certificate_leader_id_person")),
        sa.ForeignKeyConstraint(
            ["leader_signature_id"], ["signature.id"], name=op.f("fk_certificate_leader_signature_id_signature")
        ),
        sa.ForeignKeyConstraint(["village_code"], ["area.code"], name=op.f("fk_certificate_village_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("key", name=op.f("uq_certificate_key")),
        sa.UniqueConstraint("village_code", "number", name=op.f("uq_certificate_village_code_number")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_check_code"), ["check_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_village_code"), ["village_code"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_village_code"))
        batch_op.drop_index(batch_op.f("ix_certificate_state"))
        batch_op.drop_index(batch_op.f("ix_certificate_check_code"))

    op.drop_table("certificate")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signature_village_code"))
        batch_op.drop_index(batch_op.f("ix_signature_media_id"))
        batch_op.drop_index(batch_op.f("ix_signature_household_id"))

    op.drop_table("signature")
    op.drop_table("report_review")
    with op.batch_alter_table("photo_band", schema=None) as batch_op:
        batch_op.drop_index("ix_photo_band_value")

    op.drop_table("photo_band")
    with op.batch_alter_table("look_alike", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_look_alike_verdict"))
        batch_op.drop_index(batch_op.f("ix_look_alike_second_id"))

    op.drop_table("look_alike")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_account_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_report_id"))
        batch_op.drop_index(batch_op.f("ix_answer_box"))

    op.drop_table("answer")
    with op.batch_alter_table("sent_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_letter_round_id"))
        batch_op.drop_index(batch_op.f("ix_sent_letter_obligation_id"))

    op.drop_table("sent_letter")
    op.drop_table("report")
    with op.batch_alter_table("outbox_request", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_request_pending")
        batch_op.drop_index(batch_op.f("ix_outbox_request_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_request_broadcast_id"))

    op.drop_table("outbox_request")
    with op.batch_alter_table("obligation_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_change_obligation_id"))

    op.drop_table("obligation_change")
    with op.batch_alter_table("media", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_village_code"))
        batch_op.drop_index(batch_op.f("ix_media_sha256"))
        batch_op.drop_index(batch_op.f("ix_media_said_in"))
        batch_op.drop_index(batch_op.f("ix_media_household_id"))
        batch_op.drop_index(batch_op.f("ix_media_account_id"))

    op.drop_table("media")
    op.drop_table("draft")
    op.drop_table("reminder")
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_area_code"))

    op.drop_table("obligation")
    op.drop_table("line_group")
    with op.batch_alter_table("inbox_event", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_event_pending")
        batch_op.drop_index(batch_op.f("ix_inbox_event_line_message_id"))

    op.drop_table("inbox_event")
    op.drop_table("form_version")
    op.drop_table("form_upload")
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_broadcast_state"))

    op.drop_table("broadcast")
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_webhook_delivery_subscription_state")

    op.drop_table("webhook_delivery")
    with op.batch_alter_table("volunteer_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volunteer_signature_volunteer_id"))

    op.drop_table("volunteer_signature")
    op.drop_table("round")
    op.drop_table("reconciliation_step")
    op.drop_table("known_value")
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_join_request_area_code"))
        batch_op.drop_index(batch_op.f("ix_join_request_account_id"))

    op.drop_table("join_request")
    op.drop_table("invitation")
    with op.batch_alter_table("household_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_case_line_message_id"))
        batch_op.drop_index(batch_op.f("ix_household_case_household_id"))
        batch_op.drop_index(batch_op.f("ix_household_case_confirmed_message_id"))

    op.drop_table("household_case")
    op.drop_table("form")
    with op.batch_alter_table("export", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_export_state"))
        batch_op.drop_index(batch_op.f("ix_export_person_id"))
        batch_op.drop_index(batch_op.f("ix_export_area_code"))

    op.drop_table("export")
    with op.batch_alter_table("earlier_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_earlier_record_household_id"))

    op.drop_table("earlier_record")
    with op.batch_alter_table("difference_reason", schema=None) as batch_op:
        batch_op.drop_index("ix_difference_reason_place")

    op.drop_table("difference_reason")
    with op.batch_alter_table("desk_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_session_person_id"))

    op.drop_table("desk_session")
    with op.batch_alter_table("dashboard_figure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_dashboard_figure_standing",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_dashboard_figure_area_code"))

    op.drop_table("dashboard_figure")
    op.drop_table("conversation")
    op.drop_table("campaign_file")
    with op.batch_alter_table("webhook_subscription", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_subscription_area_code"))

    op.drop_table("webhook_subscription")
    with op.batch_alter_table("volunteer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volunteer_name"))
        batch_op.drop_index(batch_op.f("ix_volunteer_area_code"))

    op.drop_table("volunteer")
    op.drop_table("rich_menu")
    op.drop_table("rate_window")
    op.drop_table("quota_reading")
    op.drop_table("quality_count")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_person_id"))

    op.drop_table("notice")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))
        batch_op.drop_index("ix_membership_area_role")

    op.drop_table("membership")
    with op.batch_alter_table("line_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_line_account_person_id"))
        batch_op.drop_index(batch_op.f("ix_line_account_former_person_id"))

    op.drop_table("line_account")
    op.drop_table("import_run")
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_volunteer_code"))
        batch_op.drop_index(batch_op.f("ix_household_village_code"))

    op.drop_table("household")
    op.drop_table("campaign")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_area_code"))

    op.drop_table("api_token")
    op.drop_table("person")
    with op.batch_alter_table("owed_job", schema=None) as batch_op:
        batch_op.drop_index("ix_owed_job_due")

    op.drop_table("owed_job")
    op.drop_table("discarded")
    op.drop_table("clock_lease")
    op.drop_table("civil_clock")
    op.drop_table("channel")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_person_id_at")
        batch_op.drop_index("ix_audit_area_code_id")

    op.drop_table("audit")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_parent_code"))

    op.drop_table("area")
