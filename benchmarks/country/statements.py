"""The rows of a country by SQL alone, table by table, made to fit each other."""

from __future__ import annotations

STATEMENTS: tuple[tuple[str, str], ...] = (
    (
        "villages",
        """INSERT INTO area (code, kind, parent_code, name_th, name_en, moo, leader_name, households)
        SELECT t.code || lpad(n::text, 2, '0'), 'village', t.code, 'Sample village', '', n, '', :each
        FROM area t, generate_series(1, :of_tambon) n WHERE t.kind = 'tambon'""",
    ),
    (
        "households",
        """INSERT INTO household (village_code, house_no, near, ordinal, position, registered, head_name,
            volunteer_code, other_volunteers, survey_year, members, has_photo, has_signature)
        SELECT v.code, n::text, '', 1, n, true, '', CASE WHEN n % 160 = 0 THEN '' ELSE v.code || (n / 25) END,
            CASE WHEN n % 900 = 1 THEN 'x' ELSE '' END, CASE WHEN n % 700 = 2 THEN 2019 ELSE 2020 END, 4,
            n % 3 > 0, true
        FROM area v, generate_series(1, :each) n WHERE v.kind = 'village'""",
    ),
    (
        "volunteers",
        """INSERT INTO volunteer (code, name, area_code, registered)
        SELECT v.code || n, 'Volunteer ' || v.code || n, v.code, true
        FROM area v, generate_series(0, :volunteers) n WHERE v.kind = 'village'""",
    ),
    (
        "photos",
        """INSERT INTO media (account_id, line_message_id, state, sent_at, kind, content_type, sha256, storage_key,
            thumbnail_key, fingerprint, problem, village_code, household_id, said_in, sheet)
        SELECT 1, 'm' || id, 'stored', :now, 'image', 'image/jpeg', 'h' || id, 'photos/' || id, 'small/' || id, '', '',
            village_code, id, '', false FROM household WHERE id % :sent = 0""",
    ),
    (
        "signatures",
        """INSERT INTO signature (nonce, village_code, household_id, role, signed_on, storage_key, sha256, person_id,
            signed_at)
        SELECT 's' || id, village_code, id, 'respondent', 'screen', '', '', 1, :now
        FROM household WHERE id % :sent = 0 AND id % 3 > 0""",
    ),
    (
        "cases",
        """INSERT INTO household_case (household_id, "case", note, confirmed_by, line_message_id, confirmed_message_id,
            person_id, at)
        SELECT id, 'absent', '', '', '', '', 1, :now FROM household WHERE id % (:sent * 20) = 1""",
    ),
    (
        # an officer and the head of office of each district, the leader of each village
        "people",
        """INSERT INTO person (id, name, position, signing, created_at)
        SELECT 1000 + row_number() OVER (ORDER BY a.code, r.role), 'Person ' || a.code || ' ' || r.role, a.code,
            r.role, :now
        FROM area a JOIN (VALUES ('district', 'officer'), ('district', 'head'), ('village', 'leader')) r (kind, role)
            ON r.kind = a.kind""",
    ),
    (
        "accounts",
        """INSERT INTO line_account (id, channel_id, line_user_id, person_id, display_name, language, chosen_language,
            following, rich_menu, failed_codes, created_at)
        SELECT id, 1, 'U' || id, id, '', '', '', true, '', 0, :now FROM person WHERE id > 1000""",
    ),
    (
        "roles",
        """INSERT INTO membership (person_id, role, area_code, since)
        SELECT id, signing, position, :now FROM person WHERE id > 1000""",
    ),
    ("names", "UPDATE person SET signing = '', position = '' WHERE id > 1000"),
    (
        "numbers",
        """SELECT setval(pg_get_serial_sequence('person', 'id'), max(id)),
            setval(pg_get_serial_sequence('line_account', 'id'), max(id)) FROM person""",
    ),
    (
        "audit",
        """INSERT INTO audit (at, person_id, action, subject, area_code, detail)
        SELECT :now - n * interval '1 minute', 1, 'role_given', 'person ' || p.id, m.area_code, '{"role": "officer"}'
        FROM person p JOIN membership m ON m.person_id = p.id, generate_series(1, 3) n WHERE p.id > 1000""",
    ),
    (
        "reports",
        """INSERT INTO report (obligation_id, number, reference, form_version_id, answers, explained, xml, submitted_by,
            submitted_at, late, phoned_by)
        SELECT o.id, 1, o.area_code || '-' || r.number || '-' || o.form_id, f.current_version_id, :answers, '{}', :xml,
            1, r.due_at - interval '5 hours', false, ''
        FROM obligation o JOIN round r ON r.id = o.round_id JOIN form f ON f.id = o.form_id
        WHERE f.key = 'followup' AND r.duty = '' AND (r.number = 1 OR o.id % (12 - 3 * r.number) > 0)""",
    ),
    (
        "dashboard",
        """INSERT INTO dashboard_figure (campaign_id, measure, area_code, number, value, as_of, source, entered_at)
        SELECT c.id, 'households', a.code, 1, CASE a.kind WHEN 'district' THEN 10 ELSE 1 END * :of_tambon * :each, :now,
            '', :now
        FROM area a JOIN campaign c ON c.province_code = substr(a.code, 1, 2) WHERE a.kind IN ('district', 'tambon')""",
    ),
    (
        "reviews",
        """INSERT INTO report_review (report_id, grave, light, remarks)
        SELECT id, CASE WHEN id % 3 = 0 THEN 1 ELSE 0 END, 0, CASE WHEN id % 3 = 0 THEN
            cast('[{"kind": "sum", "key": "x.soft", "box": "", "words": {"th": "x", "en": "x"}, "explained": false}]'
            AS jsonb) ELSE cast('[]' AS jsonb) END
        FROM report""",
    ),
    (
        "states",
        """UPDATE obligation SET state = 'submitted', submitted_at = report.submitted_at
        FROM report WHERE report.obligation_id = obligation.id""",
    ),
    (
        "steps",
        """INSERT INTO obligation_change (obligation_id, at, from_state, to_state, person_id, reason, detail)
        SELECT obligation_id, submitted_at, 'open', 'submitted', 1, '', '{"report": 1}' FROM report""",
    ),
)
