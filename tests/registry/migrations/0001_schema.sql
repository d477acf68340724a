-- The whole database of the embedded registry.
--
-- Conventions
--   * Every time is INTEGER microseconds since 1970-01-01T00:00:00Z (`clock::Timestamp` converts), every day is TEXT `YYYY-MM-DD`.
--   * Booleans are INTEGER 0/1. JSON is TEXT in the very shape the API answers with.
--   * URLs of avatars, README images and the like may start with `{files}`, which the server replaces by the origin of
--     the file host when it answers (its port is not known when data is written). Recorded URLs stay literal.
--   * GENERATED columns are never written. Columns marked "kept by triggers" are left at their default by whoever inserts.
--   * Foreign keys are on and checked at commit (`PRAGMA foreign_keys`, DEFERRABLE where two tables point at each other).

-- ---------------------------------------------------------------- people

CREATE TABLE users (
    id                    INTEGER PRIMARY KEY,
    -- The username as its owner spells it. The wire calls it `login`.
    username              TEXT NOT NULL
                          CHECK (length(username) BETWEEN 1 AND 39
                                 AND username NOT GLOB '*[^A-Za-z0-9_-]*'
                                 AND username GLOB '[A-Za-z0-9]*'),
    -- Lower case, `-` and `_` the same. No two accounts share it: the schema says so, whatever the code does.
    canonical             TEXT NOT NULL GENERATED ALWAYS AS (replace(lower(username), '-', '_')) STORED UNIQUE,
    -- What the name looks like at a glance; equal skeletons are "too similar". Same folding as names::skeleton.
    skeleton              TEXT NOT NULL GENERATED ALWAYS AS (
                              replace(replace(replace(replace(replace(replace(replace(replace(replace(
                                  lower(username), '-', ''), '_', ''), 'rn', 'm'), 'vv', 'w'), '0', 'o'), '1', 'l'), 'i', 'l'), '5', 's'), '3', 'e')
                          ) STORED,
    -- GitHub login of the account this user signed up with, kept after unlinking; `url` is https://github.com/{gh_login}.
    -- Level `august` matches owners on it. Differs from `username` where the two names differ.
    gh_login              TEXT NOT NULL,
    -- GitHub id of that account; -1 = none known (such a user cannot be invited by GitHub login).
    gh_id                 INTEGER NOT NULL DEFAULT -1,
    -- Display name, any text.
    name                  TEXT,
    -- NULL = unknown (accounts from before the date was kept).
    created_at            INTEGER,
    is_admin              INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    publish_notifications INTEGER NOT NULL DEFAULT 1 CHECK (publish_notifications IN (0, 1)),
    -- Locked account: a reason, and until when (NULL with a reason = indefinitely).
    lock_reason           TEXT,
    lock_until            INTEGER
) STRICT;
CREATE INDEX users_skeleton ON users (skeleton);
CREATE INDEX users_gh_login ON users (lower(gh_login), id);
CREATE UNIQUE INDEX users_gh_id ON users (gh_id) WHERE gh_id > 0;

-- Linked GitHub accounts. A user may have none, one or several.
CREATE TABLE oauth_github (
    account_id  INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    login       TEXT NOT NULL,
    avatar      TEXT,
    linked_at   INTEGER NOT NULL,
    -- Set when another GitHub account was seen under this login: the link shows a login its account no longer has.
    stale_since INTEGER
) STRICT;
CREATE INDEX oauth_github_user ON oauth_github (user_id, account_id);
-- At most one link is current per login, so that `github:{login}` means one person.
CREATE UNIQUE INDEX oauth_github_login ON oauth_github (lower(login)) WHERE stale_since IS NULL;

-- Linked accounts of services the app does not know (`gitlab`, `codeberg`), so that it can be seen showing them as text.
-- No sign-in leads here; `?include=linked_accounts` lists them after the GitHub ones, by service and account id.
CREATE TABLE linked_elsewhere (
    service    TEXT NOT NULL CHECK (service <> 'github'),
    account_id INTEGER NOT NULL,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    login      TEXT NOT NULL,
    avatar     TEXT,
    linked_at  INTEGER NOT NULL,
    PRIMARY KEY (service, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_elsewhere_user ON linked_elsewhere (user_id, service, account_id);

CREATE TABLE emails (
    user_id            INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    email              TEXT NOT NULL,
    verified           INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
    -- Confirmation token; stays valid after use, replaced when the address changes or the mail is sent again.
    token              TEXT NOT NULL UNIQUE,
    -- When the confirmation mail was sent; NULL = never (`email_verification_sent` false).
    token_generated_at INTEGER
) STRICT;

-- ---------------------------------------------------------------- names

-- Names that belong to nobody (matched canonically).
CREATE TABLE reserved_usernames (
    username  TEXT NOT NULL,
    canonical TEXT NOT NULL GENERATED ALWAYS AS (replace(lower(username), '-', '_')) STORED UNIQUE
) STRICT;

CREATE TRIGGER users_insert_not_reserved BEFORE INSERT ON users
WHEN EXISTS (SELECT 1 FROM reserved_usernames WHERE canonical = replace(lower(NEW.username), '-', '_'))
BEGIN SELECT RAISE(ABORT, 'cannot create user with reserved username'); END;

-- Names given up and not free yet. One row per name; a row whose available_at has passed means nothing and may be replaced.
CREATE TABLE held_usernames (
    username       TEXT NOT NULL,
    canonical      TEXT NOT NULL GENERATED ALWAYS AS (replace(lower(username), '-', '_')) STORED UNIQUE,
    former_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- 1: the former holder may take it back before available_at. 0: held from everyone (given up by a take-back).
    reclaimable    INTEGER NOT NULL CHECK (reclaimable IN (0, 1)),
    released_at    INTEGER NOT NULL,
    available_at   INTEGER NOT NULL CHECK (available_at > released_at)
) STRICT;
CREATE INDEX held_usernames_former ON held_usernames (former_user_id, available_at);

-- History of names, for admins; no endpoint reads it out. The newest `rename` or `take_back` of a user starts their 30 days.
CREATE TABLE username_changes (
    id            INTEGER PRIMARY KEY,
    user_id       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- NULL for kind `sign_up`.
    from_username TEXT,
    to_username   TEXT NOT NULL,
    -- `sign_up`, `rename`, `take_back`, or `respell` (same canonical form; counts for nothing).
    kind          TEXT NOT NULL CHECK (kind IN ('sign_up', 'rename', 'take_back', 'respell')),
    changed_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX username_changes_user ON username_changes (user_id, kind, changed_at);

-- ---------------------------------------------------------------- crates

CREATE TABLE crates (
    id                 INTEGER PRIMARY KEY,
    name               TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    canonical          TEXT NOT NULL GENERATED ALWAYS AS (replace(lower(name), '-', '_')) STORED UNIQUE,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    -- All-time downloads, and those of the last 90 days. Set by whoever inserts; independent of version_downloads.
    downloads          INTEGER NOT NULL DEFAULT 0,
    recent_downloads   INTEGER NOT NULL DEFAULT 0,
    description        TEXT,
    homepage           TEXT,
    documentation      TEXT,
    repository         TEXT,
    trustpub_only      INTEGER NOT NULL DEFAULT 0 CHECK (trustpub_only IN (0, 1)),
    -- The version shown by default. Insert the crate with NULL, then its versions, then set it.
    default_version_id INTEGER REFERENCES versions (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    -- Kept by triggers.
    num_versions       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX crates_name ON crates (name, id);
CREATE INDEX crates_downloads ON crates (downloads DESC, id DESC);
CREATE INDEX crates_recent_downloads ON crates (recent_downloads DESC, id DESC);
CREATE INDEX crates_updated ON crates (updated_at DESC, id DESC);
CREATE INDEX crates_created ON crates (created_at DESC, id DESC);
CREATE INDEX crates_letter ON crates (substr(canonical, 1, 1), name, id);
CREATE INDEX crates_default_version ON crates (default_version_id);

CREATE TABLE versions (
    id            INTEGER PRIMARY KEY,
    crate_id      INTEGER NOT NULL REFERENCES crates (id) ON DELETE CASCADE,
    num           TEXT NOT NULL,
    -- Sorts as text the way semver sorts: `semver_ord::key(&num)`.
    semver_ord    TEXT NOT NULL,
    -- 1 when num has a pre-release part (`-beta.1`).
    prerelease    INTEGER NOT NULL CHECK (prerelease IN (0, 1)),
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    downloads     INTEGER NOT NULL DEFAULT 0,
    -- JSON object, feature -> array of strings.
    features      TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(features)),
    yanked        INTEGER NOT NULL DEFAULT 0 CHECK (yanked IN (0, 1)),
    yank_message  TEXT,
    -- The `links` key of Cargo.toml (a native library), wire name lib_links.
    lib_links     TEXT,
    license       TEXT,
    crate_size    INTEGER NOT NULL DEFAULT 0,
    published_by  INTEGER REFERENCES users (id) ON DELETE SET NULL,
    -- 64 hex digits.
    checksum      TEXT NOT NULL,
    rust_version  TEXT,
    has_lib       INTEGER CHECK (has_lib IN (0, 1)),
    -- JSON array of strings.
    bin_names     TEXT CHECK (bin_names IS NULL OR json_valid(bin_names)),
    edition       TEXT,
    description   TEXT,
    homepage      TEXT,
    documentation TEXT,
    repository    TEXT,
    -- JSON, {"provider":"github","repository","run_id","sha"} or {"provider":"gitlab","project_path","job_id","sha"}.
    trustpub_data TEXT CHECK (trustpub_data IS NULL OR json_valid(trustpub_data)),
    -- JSON, {"languages":{"Rust":{"code_lines","comment_lines","files"}},"total_code_lines","total_comment_lines"}.
    linecounts    TEXT CHECK (linecounts IS NULL OR json_valid(linecounts)),
    UNIQUE (crate_id, num)
) STRICT;
CREATE INDEX versions_semver ON versions (crate_id, semver_ord, id);
CREATE INDEX versions_created ON versions (crate_id, created_at, id);
CREATE INDEX versions_top ON versions (crate_id, yanked, prerelease, semver_ord);
CREATE INDEX versions_newest ON versions (crate_id, yanked, created_at);
CREATE INDEX versions_published_by ON versions (published_by);

-- Who published, yanked and unyanked: the wire's audit_actions, in order of id.
CREATE TABLE version_actions (
    id         INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    action     TEXT NOT NULL CHECK (action IN ('publish', 'yank', 'unyank')),
    time       INTEGER NOT NULL
) STRICT;
CREATE INDEX version_actions_version ON version_actions (version_id, id);
CREATE INDEX version_actions_user ON version_actions (user_id);

CREATE TABLE dependencies (
    id               INTEGER PRIMARY KEY,
    version_id       INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    -- The crate depended on.
    crate_id         INTEGER NOT NULL REFERENCES crates (id),
    req              TEXT NOT NULL,
    optional         INTEGER NOT NULL DEFAULT 0 CHECK (optional IN (0, 1)),
    default_features INTEGER NOT NULL DEFAULT 1 CHECK (default_features IN (0, 1)),
    -- JSON array of strings.
    features         TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(features)),
    target           TEXT,
    kind             TEXT NOT NULL DEFAULT 'normal' CHECK (kind IN ('normal', 'build', 'dev'))
) STRICT;
CREATE INDEX dependencies_version ON dependencies (version_id);
CREATE INDEX dependencies_crate ON dependencies (crate_id, version_id);

-- Downloads per version and day. A day without downloads has no row.
CREATE TABLE version_downloads (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    date       TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    downloads  INTEGER NOT NULL,
    PRIMARY KEY (version_id, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE keywords (
    id         INTEGER PRIMARY KEY,
    -- Lower case.
    keyword    TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    -- Kept by triggers.
    crates_cnt INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX keywords_count ON keywords (crates_cnt DESC, keyword);

CREATE TABLE crates_keywords (
    crate_id   INTEGER NOT NULL REFERENCES crates (id) ON DELETE CASCADE,
    keyword_id INTEGER NOT NULL REFERENCES keywords (id) ON DELETE CASCADE,
    PRIMARY KEY (crate_id, keyword_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX crates_keywords_keyword ON crates_keywords (keyword_id, crate_id);

-- Slugs nest with `::` (`development-tools::testing`); a category counts the crates of its subcategories.
CREATE TABLE categories (
    id          INTEGER PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE,
    -- Full display name, nested with `::` too (`Development tools::Testing`).
    category    TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT '',
    created_at  INTEGER NOT NULL,
    -- Crates directly in this category. Kept by triggers.
    crates_cnt  INTEGER NOT NULL DEFAULT 0
) STRICT;
-- The top level, which is what lists of categories show.
CREATE INDEX categories_top ON categories (category) WHERE instr(slug, '::') = 0;

CREATE TABLE crates_categories (
    crate_id    INTEGER NOT NULL REFERENCES crates (id) ON DELETE CASCADE,
    category_id INTEGER NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
    PRIMARY KEY (crate_id, category_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX crates_categories_category ON crates_categories (category_id, crate_id);

-- ---------------------------------------------------------------- owners

CREATE TABLE teams (
    id        INTEGER PRIMARY KEY,
    -- `github:{org}:{team}`, lower case.
    login     TEXT NOT NULL UNIQUE CHECK (login = lower(login) AND login GLOB 'github:*:*'),
    name      TEXT,
    avatar    TEXT,
    -- GitHub's ids of the team and its organisation.
    github_id INTEGER NOT NULL UNIQUE,
    org_id    INTEGER NOT NULL
) STRICT;

CREATE TABLE crate_owners (
    id                  INTEGER PRIMARY KEY,
    crate_id            INTEGER NOT NULL REFERENCES crates (id) ON DELETE CASCADE,
    -- Exactly one of the two.
    user_id             INTEGER REFERENCES users (id) ON DELETE CASCADE,
    team_id             INTEGER REFERENCES teams (id) ON DELETE CASCADE,
    created_at          INTEGER NOT NULL,
    created_by          INTEGER REFERENCES users (id) ON DELETE SET NULL,
    email_notifications INTEGER NOT NULL DEFAULT 1 CHECK (email_notifications IN (0, 1)),
    CHECK ((user_id IS NULL) <> (team_id IS NULL))
) STRICT;
CREATE INDEX crate_owners_crate ON crate_owners (crate_id);
CREATE UNIQUE INDEX crate_owners_crate_user ON crate_owners (crate_id, user_id) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX crate_owners_crate_team ON crate_owners (crate_id, team_id) WHERE team_id IS NOT NULL;
CREATE INDEX crate_owners_user ON crate_owners (user_id, crate_id) WHERE user_id IS NOT NULL;
CREATE INDEX crate_owners_team ON crate_owners (team_id, crate_id) WHERE team_id IS NOT NULL;
CREATE INDEX crate_owners_created_by ON crate_owners (created_by);

-- Pending invitations; accepted and declined ones are deleted.
CREATE TABLE invitations (
    invited_user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    crate_id           INTEGER NOT NULL REFERENCES crates (id) ON DELETE CASCADE,
    invited_by_user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at         INTEGER NOT NULL,
    -- 30 days after created_at, as a rule.
    expires_at         INTEGER NOT NULL,
    -- In the link of the invitation's mail.
    token              TEXT NOT NULL UNIQUE,
    PRIMARY KEY (invited_user_id, crate_id)
) STRICT;
CREATE INDEX invitations_crate ON invitations (crate_id, invited_user_id);
CREATE INDEX invitations_by ON invitations (invited_by_user_id);

-- ---------------------------------------------------------------- a user's own things

CREATE TABLE api_tokens (
    id              INTEGER PRIMARY KEY,
    user_id         INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name            TEXT NOT NULL,
    -- SHA-256 of the plaintext, 32 bytes; the plaintext is shown once and not kept.
    token_hash      BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at      INTEGER NOT NULL,
    last_used_at    INTEGER,
    revoked         INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
    -- JSON arrays; NULL = unrestricted.
    crate_scopes    TEXT CHECK (crate_scopes IS NULL OR json_valid(crate_scopes)),
    endpoint_scopes TEXT CHECK (endpoint_scopes IS NULL OR json_valid(endpoint_scopes)),
    expired_at      INTEGER
) STRICT;
CREATE INDEX api_tokens_user ON api_tokens (user_id, id);

CREATE TABLE follows (
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    crate_id INTEGER NOT NULL REFERENCES crates (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, crate_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX follows_crate ON follows (crate_id);

CREATE TABLE trustpub_github_configs (
    id                  INTEGER PRIMARY KEY,
    crate_id            INTEGER NOT NULL REFERENCES crates (id) ON DELETE CASCADE,
    created_at          INTEGER NOT NULL,
    repository_owner    TEXT NOT NULL,
    repository_owner_id INTEGER NOT NULL,
    repository_name     TEXT NOT NULL,
    workflow_filename   TEXT NOT NULL,
    environment         TEXT
) STRICT;
CREATE INDEX trustpub_github_crate ON trustpub_github_configs (crate_id, id);

CREATE TABLE trustpub_gitlab_configs (
    id                INTEGER PRIMARY KEY,
    crate_id          INTEGER NOT NULL REFERENCES crates (id) ON DELETE CASCADE,
    created_at        INTEGER NOT NULL,
    namespace         TEXT NOT NULL,
    namespace_id      TEXT,
    project           TEXT NOT NULL,
    workflow_filepath TEXT NOT NULL,
    environment       TEXT
) STRICT;
CREATE INDEX trustpub_gitlab_crate ON trustpub_gitlab_configs (crate_id, id);

-- Token buckets of the limits that crates.io's application itself has (yanking).
CREATE TABLE rate_buckets (
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    action      TEXT NOT NULL,
    tokens      INTEGER NOT NULL,
    last_refill INTEGER NOT NULL,
    PRIMARY KEY (user_id, action)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- beside the registry

-- Mail that was "sent". Links are in the body as well as in `links`.
CREATE TABLE outbox (
    id      INTEGER PRIMARY KEY,
    sent_at INTEGER NOT NULL,
    -- `confirm`, `invite`, `username_change`.
    kind    TEXT NOT NULL,
    to_addr TEXT NOT NULL,
    subject TEXT NOT NULL,
    body    TEXT NOT NULL,
    -- JSON array of paths of the app that can be clicked (`/confirm/{token}`, `/accept-invite/{token}`).
    links   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(links))
) STRICT;

-- What the file host (second origin, CORS `*`) serves. Path without leading slash, for example
-- `readmes/serde/serde-1.0.0.html` (an HTML fragment, UTF-8; crate name as stored), `avatars/10.svg`.
-- In text bodies `{files}` is replaced by the file host's origin when served.
CREATE TABLE files (
    path         TEXT PRIMARY KEY,
    content_type TEXT NOT NULL,
    body         BLOB NOT NULL
) STRICT;

-- The GitHub that the sign-in stand-in shows: accounts beyond the linked ones, or the present state of a linked one
-- (an account renamed since has its new login here and its old one in oauth_github). Every oauth_github account can be
-- picked without a row here. The stories of the stand-in (new accounts, refusals …) are inserted by the server itself after the seed;
-- they stand on these users, which a demonstration seed should contain: `ferris` (GitHub `ferris`), `carols10cents`
-- (GitHub `carolgithub`), `no-github` (nothing linked), `renamed-on-github` (GitHub id 880001, login `octo-before`),
-- `recycled` (GitHub id 880002, login `recycled-login`).
CREATE TABLE github_accounts (
    account_id INTEGER PRIMARY KEY,
    login      TEXT NOT NULL,
    name       TEXT,
    email      TEXT,
    avatar     TEXT,
    -- One sentence beside the button on the stand-in's page.
    note       TEXT NOT NULL DEFAULT '',
    created_at INTEGER
) STRICT;
CREATE INDEX github_accounts_login ON github_accounts (lower(login));

-- Teams as GitHub knows them; the registry asks this when a team is added as an owner.
CREATE TABLE github_teams (
    github_id INTEGER PRIMARY KEY,
    org       TEXT NOT NULL,
    team      TEXT NOT NULL,
    org_id    INTEGER NOT NULL,
    name      TEXT,
    avatar    TEXT
) STRICT;
CREATE UNIQUE INDEX github_teams_name ON github_teams (lower(org), lower(team));

-- Members of teams, by GitHub account id.
CREATE TABLE github_team_members (
    github_id  INTEGER NOT NULL REFERENCES github_teams (github_id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL,
    PRIMARY KEY (github_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX github_team_members_account ON github_team_members (account_id);

-- Owners of organisations, by GitHub account id: they may add any team of theirs without being in it.
CREATE TABLE github_org_owners (
    org_id     INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    PRIMARY KEY (org_id, account_id)
) STRICT, WITHOUT ROWID;

-- Codes handed out by the stand-in's consent page, each good for one exchange.
CREATE TABLE github_codes (
    code       TEXT PRIMARY KEY,
    account_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX github_codes_created ON github_codes (created_at);

-- Single values. `session_key` is made at first start, `clock_offset` and `level` belong to tests,
-- `num_downloads` is the summary's total (left out: 0), `num_crates` is kept by triggers.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT;
INSERT INTO settings (name, value) VALUES ('num_crates', 0), ('num_downloads', 0);

-- ---------------------------------------------------------------- search and counters

-- Words of a crate's name, keywords and description. rowid = crates.id. Kept by triggers.
CREATE VIRTUAL TABLE crates_words USING fts5 (name, keywords, description, tokenize = 'porter unicode61');
-- Pieces of three letters of the canonical name, for "contains".
CREATE VIRTUAL TABLE crates_pieces USING fts5 (canonical, tokenize = 'trigram');

CREATE TRIGGER crates_inserted AFTER INSERT ON crates BEGIN
    UPDATE settings SET value = value + 1 WHERE name = 'num_crates';
    INSERT INTO crates_words (rowid, name, keywords, description)
        VALUES (NEW.id, NEW.name, '', coalesce(NEW.description, ''));
    INSERT INTO crates_pieces (rowid, canonical) VALUES (NEW.id, replace(lower(NEW.name), '-', '_'));
END;
CREATE TRIGGER crates_described AFTER UPDATE OF description ON crates BEGIN
    UPDATE crates_words SET description = coalesce(NEW.description, '') WHERE rowid = NEW.id;
END;
CREATE TRIGGER crates_deleted AFTER DELETE ON crates BEGIN
    UPDATE settings SET value = value - 1 WHERE name = 'num_crates';
    DELETE FROM crates_words WHERE rowid = OLD.id;
    DELETE FROM crates_pieces WHERE rowid = OLD.id;
END;

CREATE TRIGGER versions_inserted AFTER INSERT ON versions BEGIN
    UPDATE crates SET num_versions = num_versions + 1 WHERE id = NEW.crate_id;
END;
CREATE TRIGGER versions_deleted AFTER DELETE ON versions BEGIN
    UPDATE crates SET num_versions = num_versions - 1 WHERE id = OLD.crate_id;
END;

CREATE TRIGGER crates_keywords_inserted AFTER INSERT ON crates_keywords BEGIN
    UPDATE keywords SET crates_cnt = crates_cnt + 1 WHERE id = NEW.keyword_id;
    UPDATE crates_words SET keywords = (
        SELECT group_concat(k.keyword, ' ') FROM crates_keywords ck JOIN keywords k ON k.id = ck.keyword_id WHERE ck.crate_id = NEW.crate_id
    ) WHERE rowid = NEW.crate_id;
END;
CREATE TRIGGER crates_keywords_deleted AFTER DELETE ON crates_keywords BEGIN
    UPDATE keywords SET crates_cnt = crates_cnt - 1 WHERE id = OLD.keyword_id;
END;
CREATE TRIGGER crates_categories_inserted AFTER INSERT ON crates_categories BEGIN
    UPDATE categories SET crates_cnt = crates_cnt + 1 WHERE id = NEW.category_id;
END;
CREATE TRIGGER crates_categories_deleted AFTER DELETE ON crates_categories BEGIN
    UPDATE categories SET crates_cnt = crates_cnt - 1 WHERE id = OLD.category_id;
END;
