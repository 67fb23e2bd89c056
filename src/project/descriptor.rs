//! Files that tell a platform how to deploy the project: of production, unless they or a file
//! beside them say otherwise.

use super::environment::FilePlace;
use super::section::Scope;
use super::setting::{Setting, StandsIn};
use crate::pack::Class;

/// Whether the file at `path` with these settings describes a deployment, and no section of it is
/// for production alone.
pub(super) fn deploys<'a>(path: &str, mut settings: impl Iterator<Item = &'a Setting>) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = NAMES.contains(&name) || path.ends_with(".do/app.yaml");
    let of_production = |setting: &Setting| {
        matches!(&setting.scope, Scope::Environment { class: Class::Production, .. })
    };
    known && !settings.any(of_production)
}

/// What a description of a deployment is of, where nothing else tells.
pub(super) fn stands_in(file: &FilePlace) -> Option<StandsIn> {
    file.deploys.then(|| StandsIn::Environment {
        name: Class::Production.as_str().to_owned(),
        class: Class::Production,
        by_name: false,
        rule: "description of a deployment".to_owned(),
    })
}

/// Where a platform keeps secrets beside what the file at `path` says, which tells it how to deploy.
pub(super) fn platform(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or_default();
    let known = NAMES.iter().any(|known| known.split('.').next() == Some(stem));
    let ending =
        matches!(name.rsplit('.').next(), Some("toml" | "yaml" | "yml" | "json" | "jsonc"));
    (known && ending).then(|| format!("the secrets of the platform that {path} is for"))
}

/// <https://render.com/docs/blueprint-spec>, <https://fly.io/docs/reference/configuration/>,
/// <https://cloud.google.com/appengine/docs/standard/reference/app-yaml>,
/// <https://vercel.com/docs/project-configuration>,
/// <https://docs.netlify.com/configure-builds/file-based-configuration/>,
/// <https://devcenter.heroku.com/articles/build-docker-images-heroku-yml>,
/// <https://docs.railway.com/reference/config-as-code>,
/// <https://developers.cloudflare.com/workers/wrangler/configuration/>.
const NAMES: [&str; 13] = [
    "render.yaml",
    "render.yml",
    "fly.toml",
    "app.yaml",
    "app.yml",
    "vercel.json",
    "netlify.toml",
    "heroku.yml",
    "railway.json",
    "railway.toml",
    "wrangler.toml",
    "wrangler.json",
    "wrangler.jsonc",
];
