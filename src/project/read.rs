//! Reading a project from its folder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::confirmation::{self, Confirmation};
use super::environment::{self, Environment, FilePlace};
use super::git::{self, Commit};
use super::manifest::Manifest;
use super::mask::Mask;
use super::purpose::{CONFIRMATIONS, MANIFEST, Purpose};
use super::roles::{NameSays, RoleIndex};
use super::setting::Setting;
use super::tree::{Listed, Tree};
use super::{extract, home, place, resolve, unread, variables};
use crate::document::{Format, Issue, IssueKind, parse};
use crate::pack::{Kind, Library, Pack};
use crate::source::{Diagnostic, SourceText, Span};

/// What is asked of a project.
pub struct Question<'a> {
    /// The packs.
    pub library: &'a Library,
    /// Reads a process variable; `None` for all where the gate may not.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// Process variables that the command line names: the manifest may give them to any role.
    pub granted: &'a [String],
    /// The one environment that is judged, where the command line names it.
    pub environment: Option<&'a str>,
}

/// A project, read.
pub struct Project {
    /// The folder.
    pub tree: Tree,
    /// The commit, where there is one.
    pub commit: Option<Commit>,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its environments: declared ones first, then by class and name.
    pub environments: Vec<Environment>,
    /// Every setting of every configuration file, and of process variables that may be read.
    pub settings: Vec<Setting>,
    /// What people confirmed.
    pub confirmations: Vec<Confirmation>,
    /// Packs that the project uses, `core` apart.
    pub recognised: Vec<Recognised>,
    /// Packs that the project uses and the manifest leaves out.
    pub left_out: Vec<Recognised>,
    /// Files that matter and could not be read, or not wholly.
    pub unreadable: Vec<ProjectNote>,
    /// Doubtful places.
    pub notes: Vec<ProjectNote>,
    /// How many files were listed.
    pub files_listed: u64,
    /// How many were read and parsed.
    pub files_read: u64,
    /// How many were passed over, by why.
    pub passed_over: BTreeMap<String, u64>,
}

/// A pack and by what it was recognised.
pub struct Recognised {
    /// The pack.
    pub pack: String,
    /// By what.
    pub by: String,
    /// Where.
    pub at: Option<(Arc<SourceText>, Span)>,
}

/// A remark about a place.
pub struct ProjectNote {
    /// The path.
    pub path: String,
    /// The file, where it could be read.
    pub source: Option<Arc<SourceText>>,
    /// Where in it.
    pub span: Span,
    /// What.
    pub message: String,
}

impl ProjectNote {
    /// A remark about a whole file.
    pub(super) fn whole(path: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { path: path.to_owned(), source: None, span: Span::default(), message }
    }
}

impl Project {
    /// Reads the folder behind `tree`.
    ///
    /// # Errors
    /// Every mistake in the manifest and in the confirmations.
    pub fn read(tree: Tree, question: &Question<'_>) -> Result<Self, Vec<Diagnostic>> {
        let (manifest, confirmations) = own_files(&tree, question.library)?;
        let index = RoleIndex::new(question.library, &manifest.roles);
        let listing = tree.list();
        let mut reading = Reading::default();
        for file in &listing.files {
            reading.file(&tree, file);
        }
        let unread = unread::found(&tree, &listing, &manifest);
        reading.unreadable.extend(unread.unreadable);
        reading.notes.extend(unread.notes);
        if unread.links > 0 {
            reading.passed_over.insert("link".to_owned(), unread.links);
        }
        reading.classify(&index, question.library);
        let Reading { mut settings, files, .. } = reading;
        settings.extend(variables::settings(question, &manifest));
        let environments = environment::assemble(&mut settings, &files, &manifest);
        variables::put_in_force(&mut settings, &environments);
        resolve::references(&mut settings);
        home::settle(&mut settings, &environments, question.library, &manifest);
        let (recognised, left_out) = recognise(&settings, question.library, &manifest);
        Ok(Self {
            commit: git::commit(tree.root()),
            files_listed: u64::try_from(listing.files.len()).unwrap_or(u64::MAX),
            files_read: reading.read,
            passed_over: reading.passed_over,
            unreadable: reading.unreadable,
            notes: reading.notes,
            tree,
            manifest,
            environments,
            settings,
            confirmations,
            recognised,
            left_out,
        })
    }
}

/// A mask for what can be told of the secrets below a folder without its manifest: its mistakes are
/// shown, and may stand beside one.
pub fn secrets_below(tree: &Tree, library: &Library) -> Mask {
    let index = RoleIndex::new(library, &[]);
    let mut reading = Reading::default();
    for file in &tree.list().files {
        reading.file(tree, file);
    }
    reading.classify(&index, library);
    Mask::of(reading.settings.iter(), library)
}

/// The manifest and the confirmations; mistakes of both are told at once.
fn own_files(
    tree: &Tree,
    library: &Library,
) -> Result<(Manifest, Vec<Confirmation>), Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    let mut manifest = Manifest::default();
    let mut confirmations = Vec::new();
    match own_file(tree, MANIFEST) {
        Ok(Some(source)) => match Manifest::read(&source, library) {
            Ok(read) => manifest = read,
            Err(found) => mistakes.extend(found),
        },
        Ok(None) => {}
        Err(fault) => mistakes.push(fault),
    }
    match own_file(tree, CONFIRMATIONS) {
        Ok(Some(source)) => match confirmation::read(&source, library) {
            Ok(read) => confirmations = read,
            Err(found) => mistakes.extend(found),
        },
        Ok(None) => {}
        Err(fault) => mistakes.push(fault),
    }
    if mistakes.is_empty() { Ok((manifest, confirmations)) } else { Err(mistakes) }
}

fn own_file(tree: &Tree, path: &str) -> Result<Option<Arc<SourceText>>, Diagnostic> {
    if !tree.has(path) {
        return Ok(None);
    }
    tree.read(path).map(Some).map_err(|fault| {
        let nothing = Arc::new(SourceText::new(path, ""));
        Diagnostic::error(&nothing, Span::default(), fault.to_string())
    })
}

/// The files of a project while they are read.
#[derive(Default)]
struct Reading {
    settings: Vec<Setting>,
    files: BTreeMap<String, FilePlace>,
    read: u64,
    passed_over: BTreeMap<String, u64>,
    unreadable: Vec<ProjectNote>,
    notes: Vec<ProjectNote>,
}

impl Reading {
    fn file(&mut self, tree: &Tree, file: &Listed) {
        let Some(format) = Format::of_path(&file.path) else { return };
        if matches!(file.purpose, Purpose::Lock | Purpose::Own) {
            *self.passed_over.entry(file.purpose.as_str().to_owned()).or_default() += 1;
            return;
        }
        let source = match tree.read(&file.path) {
            Ok(source) => source,
            Err(fault) => {
                self.unreadable.push(ProjectNote::whole(&file.path, fault.to_string()));
                return;
            }
        };
        self.read += 1;
        let parsed = parse(format, source.text());
        let says = place::read(&file.path);
        self.issues(&source, file.purpose, &parsed.issues);
        let settings = extract::settings(&source, file.purpose, &parsed);
        let content = environment::content_says(settings.iter());
        self.files.insert(file.path.clone(), FilePlace { says, content });
        self.settings.extend(settings);
    }

    fn issues(&mut self, source: &Arc<SourceText>, purpose: Purpose, issues: &[Issue]) {
        for issue in issues {
            let note = ProjectNote {
                path: source.path().to_owned(),
                source: Some(Arc::clone(source)),
                span: issue.span,
                message: issue.message.clone(),
            };
            let broken = match issue.kind {
                IssueKind::Syntax | IssueKind::Limit | IssueKind::Alias => true,
                IssueKind::DuplicateKey { .. } | IssueKind::Ambiguous => false,
            };
            if broken && purpose == Purpose::Live {
                self.unreadable.push(note);
            } else if !broken && purpose == Purpose::Live {
                self.notes.push(note);
            }
        }
    }

    /// Gives every setting its role and kind, and the environment that its place speaks of.
    fn classify(&mut self, index: &RoleIndex, library: &Library) {
        let bases: BTreeSet<String> = environment::families_with_environments(&self.files);
        for setting in &mut self.settings {
            let name = name_says(index, setting);
            describe(setting, &name, library);
            let file = self.files.get(setting.path());
            setting.stands_in = environment::stands_in(setting, &name, file, &bases);
        }
    }
}

/// What the name of a setting says; where it names no role, its file's name may come first:
/// `api_key` in `config/begini.yml` is `begini.api_key`.
fn name_says(index: &RoleIndex, setting: &Setting) -> NameSays {
    let own = index.read(&setting.name);
    if own.role.is_some() {
        return own;
    }
    let file = setting.path().rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let within = index.read(&format!("{stem}.{}", setting.name));
    if within.role.is_some() { within } else { own }
}

/// Gives a setting its role, kind and secrecy.
pub(super) fn describe(setting: &mut Setting, name: &NameSays, library: &Library) {
    let role = name.role.as_ref().and_then(|id| library.role(id));
    setting.words.clone_from(&name.words);
    setting.role = role.map(|role| role.id.clone());
    setting.kind = role.map(|role| role.kind).or(name.kind);
    setting.kind_is_guess = role.is_none() && name.kind.is_some();
    setting.exposed = name.exposed;
    setting.secret = setting.kind == Some(Kind::Credential) || role.is_some_and(|role| role.secret);
}

/// The packs to judge by, and those in use that the manifest leaves out. Without a list in the
/// manifest what is in use decides.
fn recognise(
    settings: &[Setting],
    library: &Library,
    manifest: &Manifest,
) -> (Vec<Recognised>, Vec<Recognised>) {
    let (mut recognised, mut left_out) = (Vec::new(), Vec::new());
    for pack in library.packs.iter().filter(|pack| pack.id != "core") {
        let listed = manifest.packs.as_ref().map(|listed| listed.contains(&pack.id));
        if listed == Some(true) {
            let by = "golive.yaml packs".to_owned();
            recognised.push(Recognised { pack: pack.id.clone(), by, at: None });
        } else if let Some((setting, by)) = speaking(settings, pack) {
            let at = setting.source.as_ref().map(|source| (Arc::clone(source), setting.span));
            let seen = Recognised { pack: pack.id.clone(), by, at };
            if listed.is_none() { recognised.push(seen) } else { left_out.push(seen) }
        }
    }
    (recognised, left_out)
}

/// The first setting whose role speaks of a pack, else whose host does; and by what.
fn speaking<'a>(settings: &'a [Setting], pack: &Pack) -> Option<(&'a Setting, String)> {
    let by_role = settings.iter().find(|setting| {
        setting.purpose != Purpose::Documentation
            && setting.role.as_ref().is_some_and(|role| role.pack == pack.id)
    });
    let by_host = || {
        settings.iter().find_map(|setting| {
            let host = setting.host()?;
            pack.knows_host(&host).then_some((setting, host))
        })
    };
    by_role.map(|setting| (setting, setting.name.clone())).or_else(by_host)
}
