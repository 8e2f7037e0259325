"""Schema raw, first half: what was asked for, what came, which reports it held. Only ever added to."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0001"
down_revision = None

TABLES = """
TABLE raw.source
    Источники: строка на каждую версию описания источника · Sources: one row per version of a source's
    description
source_version_id text primary key
    Ключ версии описания · Key of this version of the description
source_id text not null
    Источник (имя файла YAML) · Source (stem of its YAML)
title text not null
    Название источника · Title of the source
kind text not null
    Вид подключения: rss, listing, vk, telegram, wordpress, sitemap, files · Connector: rss, listing,
    vk, telegram, wordpress, sitemap, files
urls text[] not null
    Адреса источника · Addresses of the source
publisher_name text
    Кто публикует · Publisher
publisher_inn text
    ИНН издателя, если известен · Publisher's INN if documented
publisher_ogrn text
    ОГРН издателя, если известен · Publisher's OGRN if documented
territory_oktmo text
    Территория источника, ОКТМО · Territory of the source, OKTMO
territory_iso text
    Территория источника, ISO 3166-2 · Territory of the source, ISO 3166-2
owner text
    Кто отвечает за источник · Who answers for the source
licence text
    Лицензия материалов · Licence of the material
silence_days integer
    Через сколько дней молчание считается сбоем · Days of silence that count as a fault
config jsonb not null
    Описание источника целиком · The whole description
seen_at timestamptz not null
    Когда версия впервые встречена · When this version was first seen
CONSTRAINT unique (source_id, source_version_id)

TABLE raw.fetch_event
    Обращения к источникам: строка на каждую попытку · Attempts to fetch: one row per attempt at one
    address
fetch_event_id text primary key
    Ключ попытки · Key of the attempt
source_id text not null
    Источник (имя файла YAML) · Source (stem of its YAML)
run_id text not null
    Запуск, который это записал · Run that wrote this
url text not null
    Адрес · Address
started_at timestamptz not null
    Начало · Start
ended_at timestamptz not null
    Конец · End
outcome text not null
    Исход: ok, not_modified, empty_declared, empty_unexpected, blocked, error · Outcome: ok,
    not_modified, empty_declared, empty_unexpected, blocked, error
http_status integer
    Код ответа HTTP · HTTP status
items integer not null
    Сколько отчётов найдено · Reports found
bytes bigint not null
    Байт получено · Bytes received
etag text
    Метка ETag ответа · ETag of the answer
last_modified text
    Заголовок Last-Modified · Last-Modified header
reason text not null
    Причина неудачи · Why it failed, empty if it did not
CONSTRAINT check (outcome in ('ok', 'not_modified', 'empty_declared', 'empty_unexpected', 'blocked', 'error'))

TABLE raw.snapshot
    Снимки: строка на каждое отличающееся содержимое адреса; байты лежат в архиве · Snapshots: one row
    per distinct body of an address; the bytes are in the archive
snapshot_id text primary key
    Ключ снимка · Key of the snapshot
source_id text not null
    Источник (имя файла YAML) · Source (stem of its YAML)
run_id text not null
    Запуск, который это записал · Run that wrote this
url text not null
    Адрес · Address
sha256_raw text not null
    Хеш байтов: имя файла в архиве · Hash of the bytes: the name in the archive
sha256_text text
    Хеш текста без обвязки страницы, если снимок — один отчёт · Hash of the text without furniture, when
    the body is one report
fetched_at timestamptz not null
    Когда получен впервые · When first fetched
storage_uri text not null
    Где лежит в архиве · Where it lies in the archive
media_type text not null
    Тип содержимого · Media type
charset text
    Кодировка · Character set
size_bytes bigint not null
    Размер, байт · Size, bytes
CONSTRAINT unique (url, sha256_raw)

TABLE raw.document
    Отчёты: строка на отчёт внутри источника · Reports: one row per report inside its source
document_id text primary key
    Ключ отчёта · Key of the report
source_id text not null
    Источник (имя файла YAML) · Source (stem of its YAML)
run_id text not null
    Запуск, который это записал · Run that wrote this
natural_key text not null
    Естественный ключ: запись стены, guid, адрес или файл · Natural key: wall post, guid, url or file
url text not null
    Адрес отчёта · Address of the report
first_seen_at timestamptz not null
    Когда впервые встречен · When first seen
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded
CONSTRAINT unique (source_id, natural_key)

TABLE raw.document_version
    Версии отчётов: строка на каждый отличающийся текст отчёта · Versions: one row per substantive text
    of a report
version_id text primary key
    Ключ версии · Key of the version
document_id text not null references raw.document
    Отчёт · Report
run_id text not null
    Запуск, который это записал · Run that wrote this
sha256_text text not null
    Хеш очищенного текста · Hash of the clean text
body_sha256 text not null
    Хеш байтов, из которых прочитан текст · Hash of the bytes that were read
clean_text text not null
    Текст без обвязки страницы · Text without page furniture
title text
    Заголовок · Title
title_public text
    Заголовок со скрытыми именами · Title with private persons' names masked
url text not null
    Адрес, по которому прочитана версия · Address this version was read at
media_type text not null
    Тип содержимого · Media type
charset text
    Кодировка, если её назвал сервер · Character set, when the server named one
selector text
    Элемент страницы, в котором лежит отчёт · CSS of the report's element in the body
published_at timestamptz
    Время публикации по данным источника · Publication time as the source gives it
published_on date
    Дата публикации: из источника, иначе из текста · Publication date: the source's, else the text's
published_precision text
    Точность: instant, day, month, year · Precision: instant, day, month, year
published_basis text not null
    Откуда дата: feed, page, text, file, none · Where the date is from: feed, page, text, file, none
seen_at timestamptz not null
    Когда текст впервые встречен · When this text was first seen
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded
CONSTRAINT unique (document_id, sha256_text)

TABLE raw.document_event
    События отчётов; состояние отчёта — его последнее событие · Events of reports; a report's state is
    its latest event
document_event_id text primary key
    Ключ события · Key of the event
event_seq bigint generated always as identity
    Порядок записи · Order of writing
document_id text not null references raw.document
    Отчёт · Report
version_id text references raw.document_version
    Действующая после события версия · Version in force after the event
run_id text not null
    Запуск, который это записал · Run that wrote this
kind text not null
    Событие: first_seen, changed, withdrawn, returned · Event: first_seen, changed, withdrawn, returned
occurred_at timestamptz not null
    Когда это увидели в источнике · When it was observed at the source
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded
CONSTRAINT check (kind in ('first_seen', 'changed', 'withdrawn', 'returned'))
"""

STATEMENTS = (
    "create index on raw.fetch_event (source_id, started_at)",
    "create index on raw.snapshot (sha256_raw)",
    "create index on raw.document (source_id, url)",
    "create index on raw.document_event (document_id, occurred_at desc, event_seq desc)",
    """
    create view raw.document_state as
    select distinct on (document_id)
        document_id, version_id, kind as last_event, kind <> 'withdrawn' as is_current, occurred_at as since
    from raw.document_event
    order by document_id, occurred_at desc, event_seq desc
    """,
    "comment on view raw.document_state is 'Состояние отчётов сейчас · State of the reports now'",
    "comment on column raw.document_state.document_id is 'Отчёт · Report'",
    "comment on column raw.document_state.version_id is 'Действующая версия · Version in force'",
    "comment on column raw.document_state.last_event is 'Последнее событие · Latest event'",
    "comment on column raw.document_state.is_current is 'Отчёт не отозван · The report is not withdrawn'",
    "comment on column raw.document_state.since is 'С какого момента · Since when'",
)


def upgrade() -> None:
    create_tables(TABLES)
    for statement in STATEMENTS:
        run(statement)
