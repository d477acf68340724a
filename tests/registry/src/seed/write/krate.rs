//! Writes crates with their versions, owners, keywords, categories and dependencies.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, params};

use super::list;
use crate::seed::calendar::Micros;
use crate::seed::world::{Action, Kind, Krate, Version, World};
use crate::{clock::Timestamp, clock::day_after, semver_ord};

/// Categories and keywords, before the crates that have them.
pub(super) fn write_shelf_marks(connection: &Connection, world: &World) -> rusqlite::Result<()> {
    for category in &world.categories {
        connection
            .prepare_cached("INSERT INTO categories (slug, category, description, created_at) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![category.slug, category.title, category.description, category.created_at])?;
    }
    let used = world.crates.iter().flat_map(|krate| &krate.keywords);
    let keywords: BTreeSet<&String> = used.chain(&world.unused_keywords).collect();
    for keyword in keywords {
        connection
            .prepare_cached("INSERT INTO keywords (keyword, created_at) VALUES (?1, ?2)")?
            .execute(params![keyword, world.keywords_since])?;
    }
    Ok(())
}

pub(super) fn write_crate(
    connection: &Connection,
    krate: &Krate,
    now: Micros,
) -> rusqlite::Result<()> {
    let recent: i64 = krate
        .versions
        .iter()
        .flat_map(|version| &version.daily)
        .map(|(_, count)| count)
        .sum();
    connection
        .prepare_cached(
            "INSERT INTO crates (id, name, created_at, updated_at, downloads, recent_downloads, description, homepage, documentation, repository, trustpub_only)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            krate.id,
            krate.name,
            krate.created_at,
            krate.updated_at,
            krate.downloads,
            recent,
            krate.description,
            krate.homepage,
            krate.documentation,
            krate.repository,
            krate.trustpub_only,
        ])?;
    for version in &krate.versions {
        write_version(connection, krate.id, version, now)?;
    }
    connection
        .prepare_cached("UPDATE crates SET default_version_id = ?2 WHERE id = ?1")?
        .execute(params![krate.id, default_version(&krate.versions)])?;
    for keyword in &krate.keywords {
        connection
            .prepare_cached("INSERT INTO crates_keywords (crate_id, keyword_id) SELECT ?1, id FROM keywords WHERE keyword = ?2")?
            .execute(params![krate.id, keyword])?;
    }
    for slug in &krate.categories {
        connection
            .prepare_cached("INSERT INTO crates_categories (crate_id, category_id) SELECT ?1, id FROM categories WHERE slug = ?2")?
            .execute(params![krate.id, slug])?;
    }
    let founder = krate.owners.first();
    for owner in &krate.owners {
        connection
            .prepare_cached("INSERT INTO crate_owners (crate_id, user_id, created_at, created_by) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![krate.id, owner, krate.created_at, founder])?;
    }
    for team in &krate.teams {
        connection
            .prepare_cached("INSERT INTO crate_owners (crate_id, team_id, created_at, created_by) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![krate.id, team, krate.created_at, founder])?;
    }
    Ok(())
}

/// The version that stands for the crate: not yanked before yanked, stable before pre-release, then the highest.
fn default_version(versions: &[Version]) -> Option<i64> {
    let rank = |version: &Version| {
        (
            !version.yanked,
            !semver_ord::is_prerelease(&version.num),
            semver_ord::key(&version.num),
            version.id,
        )
    };
    versions
        .iter()
        .max_by_key(|version| rank(version))
        .map(|version| version.id)
}

fn write_version(
    connection: &Connection,
    crate_id: i64,
    version: &Version,
    now: Micros,
) -> rusqlite::Result<()> {
    let features: serde_json::Map<String, serde_json::Value> = version
        .features
        .iter()
        .map(|(name, enables)| (name.clone(), enables.clone().into()))
        .collect();
    connection
        .prepare_cached(
            "INSERT INTO versions (id, crate_id, num, semver_ord, prerelease, created_at, updated_at, downloads, features, yanked, yank_message,
                 lib_links, license, crate_size, published_by, checksum, rust_version, has_lib, bin_names, edition, description, homepage,
                 documentation, repository, trustpub_data, linecounts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)",
        )?
        .execute(params![
            version.id,
            crate_id,
            version.num,
            semver_ord::key(&version.num),
            semver_ord::is_prerelease(&version.num),
            version.created_at,
            version.updated_at,
            version.downloads,
            serde_json::Value::Object(features).to_string(),
            version.yanked,
            version.yank_message,
            version.links,
            version.license,
            version.crate_size,
            version.published_by,
            version.checksum,
            version.rust_version,
            version.has_lib,
            version.bin_names.as_ref().map(|names| list(names)),
            version.edition,
            version.description,
            version.homepage,
            version.documentation,
            version.repository,
            version.trustpub,
            version.linecounts,
        ])?;
    for (action, user, time) in &version.actions {
        let word = match action {
            Action::Publish => "publish",
            Action::Yank => "yank",
            Action::Unyank => "unyank",
        };
        connection
            .prepare_cached("INSERT INTO version_actions (version_id, user_id, action, time) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![version.id, user, word, time])?;
    }
    for (ago, count) in &version.daily {
        connection
            .prepare_cached(
                "INSERT INTO version_downloads (version_id, date, downloads) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![version.id, day_after(Timestamp(now), -ago), count])?;
    }
    Ok(())
}

/// Dependencies on crates that are not here are left out, as a registry never has them.
pub(super) fn write_dependencies(
    connection: &Connection,
    version: &Version,
    ids: &HashMap<&str, i64>,
) -> rusqlite::Result<()> {
    for dependency in &version.dependencies {
        let Some(crate_id) = ids.get(dependency.on.as_str()) else {
            continue;
        };
        let kind = match dependency.kind {
            Kind::Normal => "normal",
            Kind::Build => "build",
            Kind::Dev => "dev",
        };
        connection
            .prepare_cached(
                "INSERT INTO dependencies (id, version_id, crate_id, req, optional, default_features, features, target, kind)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                dependency.id,
                version.id,
                crate_id,
                dependency.req,
                dependency.optional,
                dependency.default_features,
                list(&dependency.features),
                dependency.target,
                kind,
            ])?;
    }
    Ok(())
}
