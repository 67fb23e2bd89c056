//! The lender of the demo: a small project with the mistakes that launches are made of, and the
//! same project mended.

use super::deployment::Deployment;
use super::receiver::Flaw;
use super::stand_in::Options;
use crate::source::{ExpandFault, Secret, expand};

/// The two states of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// On the eve of a launch that should not happen.
    Flawed,
    /// Mended.
    Ready,
}

/// A path inside the project and the text of the file, as the repository holds it.
type Raw = (&'static str, &'static str);

const COMMON: [Raw; 10] = [
    (".env", include_str!("sample/common/.env")),
    (".env.example", include_str!("sample/common/.env.example")),
    (".env.sandbox", include_str!("sample/common/.env.sandbox")),
    (".gitignore", include_str!("sample/common/.gitignore")),
    ("README.md", include_str!("sample/common/README.md")),
    ("package.json", include_str!("sample/common/package.json")),
    ("src/event.js", include_str!("sample/common/src/event.js")),
    ("src/refused.js", include_str!("sample/common/src/refused.js")),
    ("src/scoring.js", include_str!("sample/common/src/scoring.js")),
    ("src/webhook.js", include_str!("sample/common/src/webhook.js")),
];

const FLAWED: [Raw; 4] = [
    (".env.ci", include_str!("sample/flawed/.env.ci")),
    (".env.production", include_str!("sample/flawed/.env.production")),
    ("golive.yaml", include_str!("sample/flawed/golive.yaml")),
    ("src/trust.js", include_str!("sample/flawed/src/trust.js")),
];

const READY: [Raw; 4] = [
    (".env.ci", include_str!("sample/ready/.env.ci")),
    (".env.production", include_str!("sample/ready/.env.production")),
    ("golive.yaml", include_str!("sample/ready/golive.yaml")),
    ("src/trust.js", include_str!("sample/ready/src/trust.js")),
];

/// What Begini's dashboard holds for the lender: environment, key, integration id, webhook URL.
/// Production's key and id stand nowhere in the mended project.
const DEPLOYMENTS: [[&str; 4]; 3] = [
    [
        "sandbox",
        "@@join(64064298-dee8-,48c3-ab43-,bc4e179d36a4)@@",
        "@@join(23ad1e03e537,7dd28cdd7e85)@@",
        "https://hooks-sbx.lender.co.ke/begini",
    ],
    [
        "ci",
        "@@join(f95c8b7c-0a61-,445d-8e6b-,b6591177b6e9)@@",
        "@@join(e74f3cec7437,8befc71a5446)@@",
        "https://hooks-sbx.lender.co.ke/begini/ci",
    ],
    [
        "production",
        "@@join(66b759d7-3a5a-,4bcc-87a6-,234bbea0b40f)@@",
        "@@join(356a8b8cf21e,54cec92daf8d)@@",
        "https://api.lender.co.ke/webhooks/begini",
    ],
];

/// The lender's pages that customers come to.
const PAGES: [&str; 8] = [
    "https://app-sbx.lender.co.ke/loans/scored",
    "https://app-sbx.lender.co.ke/loans/cancelled",
    "https://app-sbx.lender.co.ke/loans/expired",
    "https://app-sbx.lender.co.ke/privacy",
    "https://www.lender.co.ke/loans/scored",
    "https://www.lender.co.ke/loans/cancelled",
    "https://www.lender.co.ke/loans/expired",
    "https://www.lender.co.ke/privacy",
];

/// The files of the project, keys put together, in order of path: path relative to the project,
/// with `/`, and text.
///
/// # Errors
/// Where a marker in a file is wrong, which a test excludes.
pub fn sample(variant: Variant) -> Result<Vec<(&'static str, String)>, ExpandFault> {
    let mut files: Vec<(&'static str, String)> =
        raw(variant).map(|(path, text)| Ok((path, expand(text)?))).collect::<Result<_, _>>()?;
    files.sort();
    Ok(files)
}

/// What Begini's dashboard holds for the lender, whatever state the project is in.
///
/// # Errors
/// Where a marker is wrong, which a test excludes.
pub fn deployments() -> Result<Vec<Deployment>, ExpandFault> {
    DEPLOYMENTS
        .iter()
        .map(|[environment, key, id, url]| {
            Ok(Deployment {
                environment: (*environment).to_owned(),
                api_key: Secret::new(expand(key)?),
                integration_id: expand(id)?,
                webhook_url: Some((*url).to_owned()),
            })
        })
        .collect()
}

impl Variant {
    /// What is wrong with the lender's receiver, as its `src/trust.js` has it.
    pub fn flaw(self) -> Flaw {
        match self {
            Self::Flawed => Flaw::AcceptsTampered,
            Self::Ready => Flaw::None,
        }
    }

    /// The stand-in that the project is rehearsed against.
    ///
    /// # Errors
    /// Where a marker is wrong, which a test excludes.
    pub fn options(self, clock: jiff::Timestamp) -> Result<Options, ExpandFault> {
        let pages = PAGES.map(str::to_owned).to_vec();
        Ok(Options::new(clock, deployments()?).with_pages(pages).with_flaw(self.flaw()))
    }
}

fn raw(variant: Variant) -> impl Iterator<Item = Raw> {
    let own = match variant {
        Variant::Flawed => FLAWED,
        Variant::Ready => READY,
    };
    COMMON.into_iter().chain(own)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn text(variant: Variant, path: &str) -> String {
        let files = sample(variant).unwrap();
        files.into_iter().find(|(one, _)| *one == path).unwrap().1
    }

    fn value(variant: Variant, path: &str, name: &str) -> String {
        let text = text(variant, path);
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name}=")));
        line.unwrap().to_owned()
    }

    fn walk(folder: &Path, under: &str, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{under}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else {
                found.insert(name);
            }
        }
    }

    #[test]
    fn every_file_of_the_folders_is_in_the_sample() {
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/standin/sample");
        for (variant, own) in [(Variant::Flawed, "flawed"), (Variant::Ready, "ready")] {
            let mut there = BTreeSet::new();
            walk(&base.join("common"), "", &mut there);
            walk(&base.join(own), "", &mut there);
            let here = raw(variant).map(|(path, _)| path.to_owned()).collect();
            assert_eq!(there, here);
        }
    }

    #[test]
    fn the_repository_holds_no_key_and_the_sample_no_marker() {
        let key = regex::Regex::new("[0-9a-fA-F-]{20,}").unwrap();
        let texts = raw(Variant::Flawed).chain(raw(Variant::Ready)).map(|(_, text)| text);
        for text in texts.chain(DEPLOYMENTS.iter().flatten().copied()) {
            assert!(!key.is_match(text), "{text}");
        }
        for variant in [Variant::Flawed, Variant::Ready] {
            assert!(sample(variant).unwrap().iter().all(|(_, text)| !text.contains("@@")));
            assert!(key.is_match(&value(variant, ".env.sandbox", "BEGINI_API_KEY")));
        }
    }

    #[test]
    fn the_dashboard_holds_what_the_mended_project_uses() {
        for deployment in deployments().unwrap() {
            let path = format!(".env.{}", deployment.environment);
            let value = |name: &str| value(Variant::Ready, &path, name);
            assert_eq!(value("BEGINI_WEBHOOK_URL"), deployment.webhook_url.unwrap());
            if deployment.environment == "production" {
                let manifest = text(Variant::Ready, "golive.yaml");
                let salt = manifest.lines().find_map(|line| line.strip_prefix("  salt: ")).unwrap();
                for secret in [deployment.api_key.expose(), &deployment.integration_id] {
                    let print = expand(&format!("@@fingerprint({salt},{secret})@@")).unwrap();
                    assert!(manifest.contains(&print));
                }
                continue;
            }
            assert_eq!(value("BEGINI_API_KEY"), deployment.api_key.expose());
            assert_eq!(value("BEGINI_INTEGRATION_ID"), deployment.integration_id);
        }
    }

    #[test]
    fn the_lender_shows_the_pages_that_the_mended_project_names() {
        for path in [".env.sandbox", ".env.production"] {
            for page in ["COMPLETION", "CANCELLATION", "EXPIRY", "PRIVACY_POLICY"] {
                let url = value(Variant::Ready, path, &format!("BEGINI_{page}_URL"));
                assert!(PAGES.contains(&&*url), "{url}");
            }
        }
    }

    #[test]
    fn each_mistake_stands_in_one_line_of_the_flawed_project() {
        let [sandbox, _, production] = <[Deployment; 3]>::try_from(deployments().unwrap()).unwrap();
        let wrong = |path, name| value(Variant::Flawed, path, name);
        let sandbox_value = |name| value(Variant::Flawed, ".env.sandbox", name);
        assert_eq!(wrong(".env.ci", "BEGINI_API_KEY"), production.api_key.expose());
        let live = |name| wrong(".env.production", name);
        assert_eq!(live("BEGINI_INTEGRATION_ID"), sandbox.integration_id);
        assert_eq!(live("BEGINI_WEBHOOK_URL"), sandbox_value("BEGINI_WEBHOOK_URL"));
        assert!(live("BEGINI_COMPLETION_URL").starts_with("http://www.lender.co.ke/"));
        assert!(live("BEGINI_CANCELLATION_URL").contains(".ngrok-free.app/"));
        let default = format!(":-{}}}", sandbox_value("BEGINI_EXPIRY_URL"));
        assert!(live("BEGINI_EXPIRY_URL").ends_with(&default));
        assert_eq!(live("BEGINI_PRIVACY_POLICY_URL"), "CHANGE_ME");
        let differing = |path| {
            let (flawed, ready) = (text(Variant::Flawed, path), text(Variant::Ready, path));
            assert_eq!(flawed.lines().count(), ready.lines().count());
            flawed.lines().zip(ready.lines()).filter(|(one, other)| one != other).count()
        };
        assert_eq!((differing(".env.ci"), differing(".env.production")), (1, 6));
    }
}
