//! What a file is there for, told by its path alone.

use std::collections::BTreeSet;

/// What a file is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// May be in force somewhere.
    Live,
    /// Shows which settings exist: `.env.example`.
    Template,
    /// Explains.
    Documentation,
    /// Proves the code.
    Test,
    /// Written by a package manager.
    Lock,
    /// The tool's own: manifest, confirmations, packs.
    Own,
}

impl Purpose {
    /// What the file at `path` is there for.
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        if OWN_FILES.contains(&&*name) {
            return Self::Own;
        }
        let ending = name.rsplit('.').next().unwrap_or_default();
        if LOCK_FILES.contains(&&*name) || ending == "lock" || name.ends_with(".min.js") {
            return Self::Lock;
        }
        if is_template(&name) {
            return Self::Template;
        }
        if matches!(ending, "md" | "rst" | "adoc") {
            return Self::Documentation;
        }
        Self::of_folders(path, &name)
    }

    /// Whether `path` is a template of the Helm chart whose `Chart.yaml` is among `paths`: no YAML
    /// until it is rendered, and its values stand in the chart's values files.
    pub(super) fn is_chart_template(path: &str, paths: &BTreeSet<&str>) -> bool {
        let mut from = 0;
        while let Some(at) = path.get(from..).and_then(|rest| rest.find("templates/")) {
            let (root, next) = (path.get(..from + at).unwrap_or_default(), from + at + 1);
            if (root.is_empty() || root.ends_with('/'))
                && paths.contains(&*format!("{root}Chart.yaml"))
            {
                return true;
            }
            from = next;
        }
        false
    }

    /// What a file is there for by where it lies, whoever wrote it.
    pub(super) fn of_place(path: &str) -> Self {
        Self::of_folders(path, "")
    }

    fn of_folders(path: &str, name: &str) -> Self {
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders).to_ascii_lowercase();
        for folder in folders.split('/') {
            if DOCUMENTATION_FOLDERS.contains(&folder) {
                return Self::Documentation;
            }
            if TEST_FOLDERS.contains(&folder) {
                return Self::Test;
            }
        }
        let is_test = TEST_MARKS.iter().any(|mark| name.contains(mark));
        if is_test { Self::Test } else { Self::Live }
    }

    /// As it is counted in a report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Template => "template",
            Self::Documentation => "documentation",
            Self::Test => "test",
            Self::Lock => "lock file",
            Self::Own => "own",
        }
    }
}

/// The files of the tool itself, at the root of a project.
pub const MANIFEST: &str = "golive.yaml";
/// See [`MANIFEST`].
pub const CONFIRMATIONS: &str = "golive.confirmations.yaml";
/// The packs as they were locked.
pub const LOCK: &str = "golive.lock";

const OWN_FILES: [&str; 3] = [MANIFEST, CONFIRMATIONS, LOCK];

const LOCK_FILES: [&str; 8] = [
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "cargo.lock",
    "poetry.lock",
    "composer.lock",
    "podfile.lock",
];

/// `.env.production.bak` and `.env.production-updated` are no templates.
const TEMPLATE_PARTS: [&str; 7] =
    ["example", "examples", "sample", "template", "tpl", "dist", "tmpl"];

const DOCUMENTATION_FOLDERS: [&str; 3] = ["docs", "doc", "documentation"];

const TEST_FOLDERS: [&str; 11] = [
    "test",
    "tests",
    "__tests__",
    "spec",
    "specs",
    "fixtures",
    "__fixtures__",
    "testdata",
    "cypress",
    "e2e",
    "__mocks__",
];

const TEST_MARKS: [&str; 4] = [".test.", ".spec.", "_test.", "_spec."];

fn is_template(name: &str) -> bool {
    let parts: Vec<&str> = name.split(['.', '-', '_']).filter(|part| !part.is_empty()).collect();
    let named = parts.iter().any(|part| TEMPLATE_PARTS.contains(part));
    let env_default = parts.first() == Some(&"env") && parts.last() == Some(&"default");
    named || env_default
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_told_from_backups() {
        for path in [
            ".env.example",
            "sample.env",
            "env.default",
            "config/values.x.template.yaml",
            "secret.example.yaml",
            ".env.live.example",
            ".env.dist",
            ".env.production.sample",
        ] {
            assert_eq!(Purpose::of(path), Purpose::Template, "{path}");
        }
        for path in [
            ".env.production-updated",
            ".env.production.bak",
            "config/default.json",
            "src/testimonials/config.yaml",
        ] {
            assert_eq!(Purpose::of(path), Purpose::Live, "{path}");
        }
    }

    #[test]
    fn templates_of_a_chart_lie_beside_its_description() {
        let paths = BTreeSet::from(["deploy/chart/Chart.yaml", "Chart.yaml"]);
        for path in ["deploy/chart/templates/a/b.yaml", "templates/b.yaml"] {
            assert!(Purpose::is_chart_template(path, &paths), "{path}");
        }
        for path in ["deploy/templates/b.yaml", "my-templates/b.yaml", "deploy/chart/values.yaml"] {
            assert!(!Purpose::is_chart_template(path, &paths), "{path}");
        }
    }

    #[test]
    fn documentation_tests_and_locks_are_no_live_configuration() {
        assert_eq!(Purpose::of("docs/setup.yaml"), Purpose::Documentation);
        assert_eq!(Purpose::of("README.md"), Purpose::Documentation);
        assert_eq!(Purpose::of("api/tests/fixtures/.env"), Purpose::Test);
        assert_eq!(Purpose::of("package-lock.json"), Purpose::Lock);
        assert_eq!(Purpose::of("golive.yaml"), Purpose::Own);
    }
}
