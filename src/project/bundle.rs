//! Files that a description of an app puts into it as they are, whatever they are called.

use std::collections::BTreeSet;

use super::dependency::Dependency;
use super::setting::Setting;
use crate::document::Format;
use crate::pack::Ecosystem;

/// Packages that put every dotenv file beside them into the app.
/// <https://github.com/lugg/react-native-config>,
/// <https://github.com/goatandsheep/react-native-dotenv>, <https://pub.dev/packages/flutter_config>
const DOTENV: [(Ecosystem, &str); 3] = [
    (Ecosystem::Npm, "react-native-config"),
    (Ecosystem::Npm, "react-native-dotenv"),
    (Ecosystem::Pub, "flutter_config"),
];

/// Says of every setting whose file is put into an app that it reaches clients.
pub(super) fn expose(settings: &mut [Setting], dependencies: &[Dependency]) {
    let listed: BTreeSet<String> = settings.iter().filter_map(asset).collect();
    let beside: BTreeSet<String> = dependencies
        .iter()
        .filter(|one| DOTENV.iter().any(|(ecosystem, name)| one.is(*ecosystem, name)))
        .map(|one| folder(one.source.path()).to_owned())
        .collect();
    if listed.is_empty() && beside.is_empty() {
        return;
    }
    for setting in settings.iter_mut().filter(|setting| setting.source.is_some()) {
        let path = setting.path();
        let is_asset = listed.contains(path) || listed.contains(folder(path));
        let is_dotenv = || Format::of_path(path) == Some(Format::Dotenv);
        setting.exposed |= is_asset || (beside.contains(folder(path)) && is_dotenv());
    }
}

/// The file or the folder that an item of `flutter: assets:` names, from the root of the project.
/// Of a folder only its own files are meant: <https://docs.flutter.dev/ui/assets/assets-and-images>
fn asset(setting: &Setting) -> Option<String> {
    let path = setting.path();
    let is_pubspec = path.rsplit('/').next() == Some("pubspec.yaml");
    let is_asset = setting.name.starts_with("flutter.assets") && !setting.name.contains("flavors");
    let named = setting.literal().filter(|_| is_pubspec && is_asset)?;
    let named = named.expose().trim().trim_start_matches("./").trim_end_matches('/').to_owned();
    Some(match folder(path) {
        "" => named,
        within => format!("{within}/{named}"),
    })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
