"""What people were told of, when and by which channel; failures of the house itself become warnings too."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0009"
down_revision = "0008"

TABLES = """
TABLE ops.notification
    Сообщения людям: строка на попытку отправить сообщение темы по каналу · Messages to people: one row
    per attempt to send a topic's message by a channel
notification_id bigint generated always as identity primary key
    Номер · Number
day date not null
    День отправки (UTC) · Day of sending (UTC)
topic text not null
    Тема, как в ops.warning · Topic, as in ops.warning
channel text not null
    Канал: имя подключения Airflow · Channel: name of the Airflow connection
state text not null
    Что вышло: sent, failed · What came of it: sent, failed
tries integer not null
    Сколько раз пробовали · How often it was tried
error text
    Почему не вышло · Why it failed
message text not null
    Текст сообщения · Text of the message
attempted_at timestamptz not null default now()
    Когда · When
CONSTRAINT check (state in ('sent', 'failed'))
CONSTRAINT check ((state = 'sent') = (error is null))

TABLE ops.notification_item
    О каких предупреждениях говорит сообщение · Which warnings a message tells of
notification_id bigint not null references ops.notification on delete cascade
    Сообщение · Message
warning_id bigint not null references ops.warning on delete cascade
    Предупреждение · Warning
CONSTRAINT primary key (notification_id, warning_id)
"""

TOPICS = (
    "'volume', 'fill', 'silent_source', 'failing_source', 'silent_region', 'gate', 'task_failure', 'deadline'"
)
TOPIC_COMMENT = (
    "Тема: volume, fill, silent_source, failing_source, silent_region, gate, task_failure, deadline"
    " · Topic: volume, fill, silent_source, failing_source, silent_region, gate, task_failure, deadline"
)
STATEMENTS = (
    "alter table ops.warning drop constraint warning_topic_check",
    f"alter table ops.warning add check (topic in ({TOPICS}))",
    f"comment on column ops.warning.topic is '{TOPIC_COMMENT}'",
    # one message a topic, channel and day
    "create unique index notification_once on ops.notification (channel, topic, day) where state = 'sent'",
    "create index on ops.notification (attempted_at)",
    "create index on ops.notification_item (warning_id)",
    "create index on ops.judgement (entity_kind, right_key)",
)


def upgrade() -> None:
    create_tables(TABLES)
    for statement in STATEMENTS:
        run(statement)
