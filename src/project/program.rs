//! What of a program's text is configuration: everything that a file of settings says, and elsewhere
//! only what a provider's own shapes or names tell.

use super::roles::NameSays;
use super::setting::{Setting, SettingValue};
use crate::document::Format;
use crate::pack::{Library, words};

/// Leaves of what was read from the source file at `path` what can be configuration, and addresses
/// at a host that a provider says is wrong.
pub(super) fn keep_configuration(
    path: &str,
    settings: &mut Vec<(Setting, NameSays)>,
    library: &Library,
) {
    if is_configuration(path) {
        return;
    }
    settings.retain(|(setting, _)| {
        let told = setting.role.is_some()
            || !setting.candidates.is_empty()
            || is_at_refused_host(setting, library);
        told && matches!(setting.value, SettingValue::Literal(_))
    });
}

fn is_at_refused_host(setting: &Setting, library: &Library) -> bool {
    let Some(url) = setting.url() else { return false };
    let host = url.host_str().unwrap_or_default();
    let mut refused = library.packs.iter().flat_map(|pack| &pack.hosts.refused);
    refused.any(|(pattern, _)| pattern.matches(host, url.path()))
}

/// Whether a file of a program is there to hold settings: by its own name, or that of its folder.
/// <https://docs.djangoproject.com/en/stable/topics/settings/>,
/// <https://guides.rubyonrails.org/configuring.html>, <https://laravel.com/docs/configuration>,
/// <https://angular.dev/tools/cli/environments>
pub(super) fn is_configuration(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder = parts.next().unwrap_or_default();
    let named = words(stem).iter().any(|word| WORDS.contains(&&**word));
    named || FOLDERS.contains(&folder) || Format::of_path(path).is_none_or(|one| !one.is_source())
}

const WORDS: [&str; 12] = [
    "config",
    "configuration",
    "settings",
    "environment",
    "environments",
    "env",
    "constants",
    "secrets",
    "credentials",
    "keys",
    "ecosystem",
    "build",
];

const FOLDERS: [&str; 8] =
    ["config", "configs", "settings", "environments", "environment", "initializers", "env", "envs"];
