//! What a path says of the environment, and which files layer over which.

use super::words::{class_of_word, environment_name, is_weak, parts};
use crate::document::Format;
use crate::pack::Class;

/// What a path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PathSays {
    /// The environment's name and class, where a word of the path tells it.
    pub environment: Option<(String, Class)>,
    /// Whether a word of the file's own name tells it, not only a folder.
    pub in_file_name: bool,
    /// What the files that layer over each other have in common: the path without environment
    /// words and words of a base.
    pub family: String,
    /// How far up the file layers: a file with more words counts over one with fewer.
    pub height: usize,
}

/// Reads a path.
pub(super) fn read(path: &str) -> PathSays {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mapping = is_mapping(name);
    let folders: Vec<&str> = folders.split('/').filter(|folder| !folder.is_empty()).collect();
    let is_source = Format::of_path(name).is_some_and(Format::is_source);
    let by_name = of_name(name, is_source);
    let by_folder = || {
        let within = |at: &usize| at.checked_sub(1).and_then(|before| folders.get(before));
        (0..folders.len()).rev().find_map(|at| {
            let within = within(&at).copied().unwrap_or_default();
            // a folder of a program is called after what the program is about
            let counts = !is_source || CONTAINERS.contains(&within);
            of_folder(folders.get(at).filter(|_| counts)?, within)
        })
    };
    let environment = by_name.clone().or_else(by_folder);
    let kept = name.strip_prefix(MAPPING).filter(|_| mapping).unwrap_or(name);
    let mut family: Vec<String> = folders.iter().map(|folder| strip(folder)).collect();
    family.retain(|folder| !folder.is_empty() && !CONTAINERS.contains(&&**folder));
    family.push(strip_name(kept));
    let height = if mapping { 0 } else { parts(name).count() };
    let height = height + usize::from(by_name.is_none() && environment.is_some());
    PathSays { in_file_name: by_name.is_some(), environment, family: family.join("/"), height }
}

/// What a text such as the value of `APP_ENV` says.
pub(super) fn of_value(text: &str) -> Option<(String, Class)> {
    strongest(parts(text))
}

/// The file in which node-config keeps names of process variables in the place of values. What
/// other files of its folder hold is what the program falls back to.
/// <https://github.com/node-config/node-config/wiki/Environment-Variables>
const MAPPING: &str = "custom-environment-variables";

/// Whether a file of this name maps settings to process variables.
pub(super) fn is_mapping(name: &str) -> bool {
    name.strip_prefix(MAPPING).is_some_and(|ending| ending.starts_with('.'))
}

/// The environment that a file's own name tells. A word that often means something else
/// (`live-links.yaml`) counts only as the whole stem, or as its end.
fn of_name(name: &str, is_source: bool) -> Option<(String, Class)> {
    let words: Vec<&str> = parts(name).collect();
    // read only where no other file is named beside the base: on a developer's own machine
    // https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
    if words.contains(&"compose") && words.contains(&"override") {
        return strongest(std::iter::once("local"));
    }
    let mut stem: Vec<&str> = words.clone();
    while let Some((last, before)) = stem.split_last()
        && !before.is_empty()
        && is_ending(last)
        && (!last.eq_ignore_ascii_case("local") || before.iter().any(|one| is_telling(one)))
    {
        stem.pop();
    }
    let counts = |at: usize, word: &str| {
        let last = at + 1 == stem.len();
        let first = at == 0 && stem.iter().skip(1).all(|rest| FILLERS.contains(rest));
        !(is_weak(word) || is_source) || last || first || name.starts_with(".env.")
    };
    let counted = stem.iter().enumerate().filter(|(at, word)| counts(*at, word));
    strongest(counted.map(|(_, word)| *word))
}

/// Whether a part of a name tells an environment: then `local` behind it is only an ending.
fn is_telling(part: &str) -> bool {
    class_of_word(part).is_some()
}

/// Whether a part of a name says how a file is written, not what is in it.
fn is_ending(part: &str) -> bool {
    ENDINGS.contains(&&*part.to_ascii_lowercase())
}

/// The environment that a folder tells: as a whole, by its last word (`overlays/eu-prod`), or by a
/// word that means nothing else (`prod-eu`).
fn of_folder(folder: &str, within: &str) -> Option<(String, Class)> {
    let words: Vec<&str> = parts(folder).collect();
    let contained = CONTAINERS.contains(&within);
    if let [word] = words.as_slice() {
        let counts = contained || !SOURCE_FOLDERS.contains(word);
        return strongest(std::iter::once(*word).filter(|_| counts));
    }
    let last = words.len().saturating_sub(1);
    let counted = words.iter().enumerate().filter(|(at, word)| {
        !is_weak(word) || (*at == last && (contained || !SOURCE_FOLDERS.contains(word)))
    });
    strongest(counted.map(|(_, word)| *word))
}

/// The environment among `words`: any word before `local`, which often is only a second suffix.
fn strongest<'a>(words: impl Iterator<Item = &'a str>) -> Option<(String, Class)> {
    let mut local = None;
    for word in words {
        if let Some(class) = class_of_word(word) {
            let found = (environment_name(word), class);
            if word.eq_ignore_ascii_case("local") {
                local = Some(found);
            } else {
                return Some(found);
            }
        }
    }
    local
}

/// The name of a file without environment words and words of a base.
fn strip_name(name: &str) -> String {
    let stripped = strip(name);
    // `environments/production.rb` layers over `application.rb`, `prod.tfvars` over anything
    if stripped.is_empty() {
        name.rsplit('.').next().unwrap_or_default().to_owned()
    } else {
        stripped
    }
}

/// A name without environment words, words of a base, and separators.
fn strip(name: &str) -> String {
    let kept: Vec<String> = parts(name)
        .filter(|part| class_of_word(part).is_none())
        .map(str::to_ascii_lowercase)
        .filter(|part| !BASE.contains(&&**part))
        .collect();
    kept.join(".")
}

/// Words of a file that all environments of its family build on.
const BASE: [&str; 6] = ["default", "base", "common", "shared", "global", "override"];

/// Folders that hold one folder or file for each environment.
const CONTAINERS: [&str; 15] = [
    "environments",
    "environment",
    "envs",
    "env",
    "overlays",
    "overlay",
    "stages",
    "clusters",
    "profiles",
    "values",
    "vars",
    "group_vars",
    "group.vars",
    "inventories",
    "tfvars",
];

/// Folders of code whose name is no environment.
const SOURCE_FOLDERS: [&str; 9] =
    ["live", "local", "review", "demo", "test", "sandbox", "preview", "stage", "playground"];

/// Parts of a name that say how a file is written or encrypted.
const ENDINGS: [&str; 42] = [
    "yaml",
    "yml",
    "json",
    "jsonc",
    "json5",
    "toml",
    "env",
    "properties",
    "ini",
    "cfg",
    "conf",
    "config",
    "xml",
    "plist",
    "xcconfig",
    "tfvars",
    "tf",
    "auto",
    "hcl",
    "js",
    "mjs",
    "cjs",
    "ts",
    "mts",
    "cts",
    "py",
    "rb",
    "php",
    "java",
    "kt",
    "kts",
    "swift",
    "dart",
    "go",
    "cs",
    "sh",
    "bash",
    "bak",
    "old",
    "updated",
    "local",
    "gradle",
];

/// Words beside an environment word at the start of a file's name.
const FILLERS: [&str; 12] = [
    "env",
    "environment",
    "config",
    "configuration",
    "settings",
    "values",
    "vars",
    "variables",
    "secrets",
    "compose",
    "app",
    "local",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(path: &str) -> Option<String> {
        read(path).environment.map(|(name, _)| name)
    }

    #[test]
    fn paths_tell_their_environment_by_whole_words() {
        for (path, expected) in [
            (".env", None),
            (".env.production", Some("production")),
            (".env.production.local", Some("production")),
            (".env.local", Some("local")),
            (".env.sbx", Some("sandbox")),
            (".env.live", Some("production")),
            ("live.env", Some("production")),
            ("live-links.yaml", None),
            ("demo-data.json", None),
            ("test.config.js", Some("test")),
            ("config/prod.yaml", Some("production")),
            ("deploy/overlays/production/config.yaml", Some("production")),
            ("deploy/overlays/prod-eu/config.yaml", Some("production")),
            ("terraform/live/main.tf", None),
            ("infra/environments/live/main.tf", Some("production")),
            ("src/liveness.yaml", None),
            ("src/live/chat.yaml", None),
            ("src/main/resources/application-prd.yml", Some("production")),
            ("src/environments/environment.prod.ts", Some("production")),
            ("config/environments/production.rb", Some("production")),
            ("appsettings.Production.json", Some("production")),
            ("contest/latest.json", None),
        ] {
            assert_eq!(environment(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn files_that_layer_over_each_other_are_one_family() {
        for (base, over) in [
            (".env", ".env.production"),
            ("config/default.json", "config/production.json"),
            ("application.yml", "application-prod.yml"),
            ("a/docker-compose.yml", "a/docker-compose.prod.yml"),
            ("chart/values.yaml", "chart/environments/prod/values.yaml"),
            ("k8s/base/config.env", "k8s/overlays/production/config.env"),
            ("src/environments/environment.ts", "src/environments/environment.prod.ts"),
            ("config/custom-environment-variables.json", "config/default.json"),
        ] {
            assert_eq!(read(base).family, read(over).family, "{base}");
            assert!(read(base).height <= read(over).height, "{base}");
        }
        assert_ne!(read("a/.env").family, read("b/.env.production").family);
    }
}
