//! Settings whose value tells the environment of everything beside them.

use super::place;
use super::setting::Setting;
use crate::pack::{Class, words};

/// Names whose value tells the environment of their file.
const TELLING: [&str; 14] = [
    "app env",
    "application env",
    "app environment",
    "deploy env",
    "deployment environment",
    "environment",
    "env",
    "rails env",
    "flask env",
    "stage",
    "spring profiles active",
    "aspnetcore environment",
    "dotnet environment",
    "django settings module",
];

/// `NODE_ENV` and its like choose how the program is built, and are `production` in every deployed
/// environment: asked last.
const BUILD_MODES: [&str; 2] = ["node env", "mix env"];

/// What the settings of one place say of its environment: its name and class, and the name of the
/// setting that says so.
pub(super) fn content_says<'a>(
    settings: impl Iterator<Item = &'a Setting>,
) -> Option<(String, Class, String)> {
    let mut weak = None;
    for setting in settings {
        let name = own_name(setting);
        let strong = TELLING.contains(&&*name);
        if !strong && !BUILD_MODES.contains(&&*name) {
            continue;
        }
        let Some(value) = setting.literal() else { continue };
        let Some((word, class)) = place::of_value(value.expose()) else { continue };
        let said = (word, class, setting.name.clone());
        if strong {
            return Some(said);
        }
        weak = weak.or(Some(said));
    }
    weak
}

/// Whether the setting called `name` chooses how the program is built, which a folder's name
/// outweighs.
pub(super) fn is_build_mode(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    BUILD_MODES.contains(&&*words(last).join(" "))
}

/// The words of a setting's own name: the last key where that is spelt as a process variable, else
/// all that it is called (`paypal.environment` is a switch of that provider alone).
fn own_name(setting: &Setting) -> String {
    let last = setting.name.rsplit('.').next().unwrap_or(&setting.name);
    let variable = last.contains('_') && !last.chars().any(char::is_lowercase);
    let public = ["NEXT_PUBLIC_", "VITE_", "REACT_APP_", "EXPO_PUBLIC_", "NUXT_PUBLIC_"];
    let last = public.iter().find_map(|prefix| last.strip_prefix(prefix)).unwrap_or(last);
    if variable { words(last).join(" ") } else { setting.key.clone() }
}
