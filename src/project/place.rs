//! What a path says of the environment, and which files layer over which.

use super::words::{class_of_word, environment_name, parts};
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
    let words: Vec<&str> = parts(name).collect();
    let by_name = strongest(words.iter().copied());
    let mut environment = by_name.clone();
    let mut folder_words = Vec::new();
    for folder in folders.split('/').filter(|folder| !folder.is_empty()).rev() {
        // a folder is asked as a whole or by its last words: `overlays/prod-eu`, not `ci-scripts`
        let said = strongest(parts(folder));
        if environment.is_none() && !SOURCE_FOLDERS.contains(&folder) {
            environment.clone_from(&said);
        }
        folder_words.push(strip(folder));
    }
    folder_words.reverse();
    let kept = name.strip_prefix(MAPPING).filter(|_| mapping).unwrap_or(name);
    let family = format!("{}/{}", folder_words.join("/"), strip(kept));
    let height = if mapping { 0 } else { words.len() };
    PathSays { in_file_name: by_name.is_some(), environment, family, height }
}

/// The file in which node-config keeps names of process variables in the place of values. What
/// other files of its folder hold is what the program falls back to.
/// <https://github.com/node-config/node-config/wiki/Environment-Variables>
const MAPPING: &str = "custom-environment-variables";

/// Whether a file of this name maps settings to process variables.
pub(super) fn is_mapping(name: &str) -> bool {
    name.strip_prefix(MAPPING).is_some_and(|ending| ending.starts_with('.'))
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
const BASE: [&str; 5] = ["default", "base", "common", "shared", "global"];

/// Folders of code whose name is no environment.
const SOURCE_FOLDERS: [&str; 4] = ["live", "local", "review", "demo"];

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
            ("config/prod.yaml", Some("production")),
            ("deploy/overlays/production/config.yaml", Some("production")),
            ("src/liveness.yaml", None),
            ("src/main/resources/application-prd.yml", Some("production")),
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
            ("config/custom-environment-variables.json", "config/default.json"),
        ] {
            assert_eq!(read(base).family, read(over).family, "{base}");
            assert!(read(base).height <= read(over).height, "{base}");
        }
        assert_ne!(read("a/.env").family, read("b/.env.production").family);
    }
}
