//! The page, and the jobs of its YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use golive::document::{Format, Node, parse};

/// What a job runs in one shell.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    pub(super) text: String,
    /// The variables of this step alone, as they are written.
    pub(super) variables: BTreeMap<String, String>,
}

/// A job of either system.
#[derive(Clone, Debug)]
pub(super) struct Job {
    /// The last part of its file's name, and its own.
    pub(super) name: String,
    pub(super) steps: Vec<Script>,
    /// The variables of the whole file.
    pub(super) variables: BTreeMap<String, String>,
    /// The files that it uploads.
    pub(super) uploads: BTreeSet<String>,
    /// The jobs whose uploads it takes.
    pub(super) needs: Vec<String>,
    /// What starts it, on GitHub.
    pub(super) triggers: BTreeSet<String>,
}

impl Job {
    pub(super) fn is_github(&self) -> bool {
        !self.name.starts_with(".gitlab")
    }

    /// All that it runs.
    pub(super) fn whole(&self) -> String {
        self.steps.iter().flat_map(|one| [one.text.as_str(), "\n"]).collect()
    }
}

/// What the page tells to write.
pub(super) struct Page {
    pub(super) manifest: String,
    pub(super) jobs: Vec<Job>,
}

impl Page {
    #[expect(clippy::disallowed_methods, reason = "reads the repository's own page")]
    pub(super) fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md");
        let blocks = blocks(&std::fs::read_to_string(path).unwrap());
        let mut page = Self { manifest: String::new(), jobs: Vec::new() };
        for (file, text) in &blocks {
            let root = yaml(file, text);
            match file.strip_prefix(".github/workflows/") {
                Some(short) => page.jobs.extend(github(short, &root)),
                None if file == ".gitlab-ci.yml" => page.jobs.extend(gitlab(&root)),
                None if file == "golive.yaml" => page.manifest.clone_from(text),
                None => panic!("{file}: of no known sort"),
            }
        }
        let told: usize = blocks.iter().map(|(_, text)| commands(text)).sum();
        let found: usize = page.jobs.iter().map(|job| commands(&job.whole())).sum();
        assert!(told == found && found >= 7, "{told} commands stand there, {found} were found");
        page
    }

    pub(super) fn job(&self, name: &str) -> &Job {
        self.jobs.iter().find(|job| job.name == name).unwrap_or_else(|| panic!("no job {name}"))
    }
}

/// How often the tool is called.
fn commands(text: &str) -> usize {
    text.matches("golive check").count()
}

/// The blocks of YAML, each under the line that names its file.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut announced = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block = lines.by_ref().take_while(|line| *line != "```");
            let text: String = block.flat_map(|it| [it, "\n"]).collect();
            let file: Option<String> = announced.take();
            if language == "yaml" {
                blocks.push((file.unwrap_or_else(|| panic!("of which file? {text}")), text));
            }
        } else if let Some(path) = line.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:")) {
            announced = Some(path.to_owned());
        }
    }
    blocks
}

fn yaml(file: &str, text: &str) -> Node {
    let mut parsed = parse(Format::Yaml, text);
    // `on` is a word here, as GitHub reads it
    parsed.issues.retain(|issue| issue.kind != golive::document::IssueKind::Ambiguous);
    assert!(parsed.issues.is_empty(), "{file}: {:?}", parsed.issues);
    assert_eq!(parsed.documents.len(), 1, "{file}");
    parsed.documents.remove(0).root
}

fn text(node: &Node) -> String {
    node.text().unwrap_or_else(|| panic!("no text: {node:?}")).to_owned()
}

/// A list of texts, or one.
fn texts(node: &Node) -> Vec<String> {
    node.text().map_or_else(|| node.items().iter().map(text).collect(), |one| vec![one.to_owned()])
}

fn map(node: Option<&Node>) -> BTreeMap<String, String> {
    let entries = node.map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| (entry.key.text.to_string(), text(&entry.node))).collect()
}

fn github(file: &str, root: &Node) -> Vec<Job> {
    let on = root.get("on").unwrap();
    let triggers: BTreeSet<String> = match on.text() {
        Some(one) => BTreeSet::from([one.to_owned()]),
        None => on.entries().iter().map(|entry| entry.key.text.to_string()).collect(),
    };
    let jobs = root.get("jobs").unwrap().entries();
    let called = |name: &str| {
        let uses = jobs.iter().find(|job| *job.key.text == *name)?.node.get("uses")?;
        let file = text(uses).replace("./.github/workflows/", "");
        Some(format!("{file} {name}"))
    };
    let run = |entry: &&golive::document::Entry| entry.node.get("steps").is_some();
    jobs.iter()
        .filter(run)
        .map(|entry| {
            let steps = entry.node.get("steps").unwrap().items();
            let scripts = steps.iter().filter_map(|step| {
                let text = text(step.get("run")?);
                Some(Script { text, variables: map(step.get("env")) })
            });
            let needs = entry.node.get("needs").map(texts).unwrap_or_default();
            Job {
                name: format!("{file} {}", entry.key.text),
                steps: scripts.collect(),
                variables: map(root.get("env")),
                uploads: steps.iter().flat_map(uploaded).collect(),
                needs: needs.iter().map(|name| called(name).unwrap()).collect(),
                triggers: triggers.clone(),
            }
        })
        .collect()
}

/// The files that a step uploads.
fn uploaded(step: &Node) -> Vec<String> {
    let uses = step.get("uses").map(text).unwrap_or_default();
    let key = match uses.split('@').next().unwrap() {
        "actions/upload-artifact" => "path",
        "github/codeql-action/upload-sarif" => "sarif_file",
        _ => return Vec::new(),
    };
    let listed = text(step.get("with").unwrap().get(key).unwrap());
    listed.lines().map(str::to_owned).collect()
}

fn gitlab(root: &Node) -> Vec<Job> {
    let jobs = root.entries().iter().filter(|entry| entry.node.get("script").is_some());
    jobs.map(|entry| {
        let job = &entry.node;
        let base = root.get(&text(job.get("extends").unwrap())).unwrap();
        let lines = [base.get("before_script"), job.get("script")].into_iter().flatten();
        let lines: Vec<String> = lines.flat_map(texts).collect();
        let artifacts = job.get("artifacts").unwrap();
        let reports = map(artifacts.get("reports")).into_values();
        let needs = job.get("needs").map(texts).unwrap_or_default();
        Job {
            name: format!(".gitlab-ci.yml {}", entry.key.text),
            steps: vec![Script { text: lines.join("\n"), variables: BTreeMap::new() }],
            variables: map(root.get("variables")),
            uploads: artifacts
                .get("paths")
                .map(texts)
                .unwrap()
                .into_iter()
                .chain(reports)
                .collect(),
            needs: needs.iter().map(|name| format!(".gitlab-ci.yml {name}")).collect(),
            triggers: BTreeSet::new(),
        }
    })
    .collect()
}
