//! Reading a project from its folder.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::base::Base;
use super::confirmation::Confirmation;
use super::dependency::{self, Dependency};
use super::environment::{self, Environment, FilePlace};
use super::facts::Facts;
use super::fingerprint::Salt;
use super::git::{self, Commit};
use super::held::{Held, Program};
use super::lock::Lock;
use super::manifest::Manifest;
use super::mask::Mask;
use super::own::Own;
use super::purpose::Purpose;
use super::reading::{Reader, spread};
use super::recognise::Shapes;
use super::recognised::{Recognised, recognise};
use super::roles::{NameSays, RoleIndex};
use super::setting::Setting;
use super::tree::{Listed, Tree};
use super::{bundle, home, observed, reach, resolve, unread, variables};
use crate::document::Format;
use crate::pack::{Library, RoleId};
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
    /// Which manifest the project is read by.
    pub manifest: Stated,
    /// What was observed inside its environments.
    pub facts: &'a [Facts],
}

impl<'a> Question<'a> {
    /// A question about files alone.
    pub fn of_files(library: &'a Library) -> Self {
        Self {
            library,
            variable: &|_| None,
            granted: &[],
            environment: None,
            manifest: Stated::InTree,
            facts: &[],
        }
    }
}

/// Which manifest a project is read by.
#[derive(Clone, Debug)]
pub enum Stated {
    /// Its own, where it has one.
    InTree,
    /// This one in the place of its own.
    Instead(Arc<SourceText>),
    /// None, though it may have one.
    Nowhere,
    /// The one of a commit, and its confirmations.
    At(Arc<Base>),
}

impl Stated {
    /// The commit that holds what is said; whether as it stands, is told line by line.
    pub(super) fn commit(&self) -> &str {
        match self {
            Self::At(base) => &base.commit,
            Self::InTree | Self::Instead(_) | Self::Nowhere => "HEAD",
        }
    }
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
    /// The packages that it depends on, in order of place.
    pub dependencies: Vec<Dependency>,
    /// Texts that checks of program text may look at, in order of path.
    pub programs: Vec<Program>,
    /// What people confirmed.
    pub confirmations: Vec<Confirmation>,
    /// What the digests of confirmations are under: their file's own salt, else the manifest's.
    pub confirmations_salt: Option<Salt>,
    /// The packs as they were locked, where they were.
    pub lock: Option<Lock>,
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
    /// Every mistake in the manifest and in the confirmations, and facts that contradict them.
    pub fn read(tree: Tree, question: &Question<'_>) -> Result<Self, Vec<Diagnostic>> {
        let root = tree.root().to_path_buf();
        // git is asked while the files are read
        let commit = std::thread::spawn(move || git::commit(&root));
        let Own { manifest, confirmations, lock } = Own::read(&tree, question)?;
        let listing = tree.list();
        let mut reading = Reading::of(&tree, &listing.files, question.library, &manifest.roles);
        let unread = unread::found(&tree, &listing, &manifest);
        reading.unreadable.extend(unread.unreadable);
        reading.notes.extend(unread.notes);
        if unread.links > 0 {
            reading.passed_over.insert("link".to_owned(), unread.links);
        }
        let mut settings = std::mem::take(&mut reading.settings);
        let files = std::mem::take(&mut reading.files);
        settings.extend(variables::settings(question, &manifest));
        let mut environments = environment::assemble(&mut settings, &files, &manifest);
        variables::put_in_force(&mut settings, &environments);
        let by = (question.library, &manifest);
        let notes = observed::put_in_force(question.facts, &mut settings, &mut environments, by)?;
        reading.notes.extend(notes);
        resolve::references(&mut settings);
        home::settle(&mut settings, &environments, question.library, &manifest);
        observed::settle(&mut settings, &environments, &manifest);
        let (dependencies, unread) = dependency::found(&tree, &listing.files, question.library);
        reading.unreadable.extend(unread);
        bundle::expose(&mut settings, &dependencies);
        let mut programs = reading.programs;
        reach::tell(&mut programs, &listing.files, &dependencies);
        let (recognised, left_out) =
            recognise((&settings, &dependencies), question.library, &manifest);
        let salt = confirmations.salt.or_else(|| manifest.salt.clone());
        Ok(Self {
            commit: commit.join().ok().flatten(),
            files_listed: u64::try_from(listing.files.len()).unwrap_or(u64::MAX),
            files_read: reading.read,
            passed_over: reading.passed_over,
            unreadable: reading.unreadable,
            notes: reading.notes,
            tree,
            manifest,
            environments,
            settings,
            dependencies,
            programs,
            confirmations: confirmations.all,
            confirmations_salt: salt,
            lock,
            recognised,
            left_out,
        })
    }
}

/// A mask for what can be told of the secrets below a folder without its manifest: its mistakes are
/// shown, and may stand beside one.
pub fn secrets_below(tree: &Tree, library: &Library) -> Mask {
    let reading = Reading::of(tree, &tree.list().files, library, &[]);
    Mask::of(reading.settings.iter(), library)
}

/// The files of a project, read.
#[derive(Default)]
struct Reading {
    settings: Vec<Setting>,
    files: BTreeMap<String, FilePlace>,
    read: u64,
    passed_over: BTreeMap<String, u64>,
    unreadable: Vec<ProjectNote>,
    notes: Vec<ProjectNote>,
    programs: Vec<Program>,
}

impl Reading {
    /// Reads all that can be read of `files`.
    fn of(tree: &Tree, files: &[Listed], library: &Library, declared: &[(RoleId, String)]) -> Self {
        let index = RoleIndex::new(library, declared);
        let shapes = Shapes::new(library);
        let (held, scan) = (Held::new(library), OnceLock::new());
        let reader = Reader { tree, library, index, shapes, declared, held, scan };
        let mut reading = Self::default();
        let mut listed: Vec<(&Listed, Format)> = Vec::new();
        for file in files {
            let Some(format) = Format::of_path(&file.path) else { continue };
            if matches!(file.purpose, Purpose::Lock | Purpose::Own) {
                *reading.passed_over.entry(file.purpose.as_str().to_owned()).or_default() += 1;
            } else {
                listed.push((file, format));
            }
        }
        let mut told = Vec::new();
        let mut env_files: Vec<(String, String)> = Vec::new();
        for mut read in reader.files(&listed) {
            reading.read += u64::from(read.read);
            if read.data {
                *reading.passed_over.entry("most of a data file".to_owned()).or_default() += 1;
            }
            reading.unreadable.append(&mut read.unreadable);
            reading.notes.append(&mut read.notes);
            env_files.extend(read.env_files.into_iter().map(|file| (read.path.clone(), file)));
            told.append(&mut read.settings);
            reading.programs.extend(read.program);
            if read.read {
                reading.files.insert(read.path, read.place);
            }
        }
        environment::tell_env_files(&mut reading.files, &env_files);
        spread(&mut told, library);
        reading.stand(told);
        reading
    }

    /// Gives every setting the environment that its place speaks of.
    fn stand(&mut self, told: Vec<(Setting, NameSays)>) {
        let bases = environment::families_with_environments(&self.files, &told);
        for (mut setting, name) in told {
            let file = self.files.get(setting.path());
            setting.stands_in = environment::stands_in(&setting, &name, file, &bases);
            self.settings.push(setting);
        }
    }
}
