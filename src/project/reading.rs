//! Reading one file: its text, its settings, and what they are. Files do not look at each other
//! here, so any number of them is read at once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::client::is_public_file;
use super::descriptor;
use super::environment::FilePlace;
use super::extract;
use super::held::{Held, Program};
use super::place;
use super::program;
use super::purpose::Purpose;
use super::read::ProjectNote;
use super::recognise::Shapes;
use super::roles::{NameSays, RoleIndex};
use super::scan::Scan;
use super::section::{self, Scope};
use super::setting::{Setting, SettingValue};
use super::switch;
use super::telling::content_says;
use super::tree::{Listed, Tree};
use super::words::class_of_word;
use crate::document::{Format, Issue, IssueKind, parse, references};
use crate::pack::{Kind, Library, RoleId, words};
use crate::source::SourceText;

/// What one file gave.
pub(super) struct FileRead {
    /// Its path.
    pub path: String,
    /// What its path and its content say.
    pub place: FilePlace,
    /// Its settings, each with what its name says.
    pub settings: Vec<(Setting, NameSays)>,
    /// Dotenv files that containers described here start with.
    pub env_files: Vec<String>,
    /// What could not be read.
    pub unreadable: Vec<ProjectNote>,
    /// Doubtful places.
    pub notes: Vec<ProjectNote>,
    /// Its text, where checks of program text may look at it.
    pub program: Option<Program>,
    /// Whether it was read at all.
    pub read: bool,
    /// Whether it holds so much that it is data, of which only what bears a provider's name or an
    /// environment's is kept.
    pub data: bool,
}

/// No configuration of one file holds so many values; lists of countries and schemas do.
const DATA: usize = 4000;

/// What files are read with.
pub(super) struct Reader<'a> {
    /// Where they lie.
    pub tree: &'a Tree,
    /// The packs.
    pub library: &'a Library,
    /// Roles by name.
    pub index: RoleIndex,
    /// Roles by value.
    pub shapes: Shapes<'a>,
    /// Names of roles that the manifest gives.
    pub declared: &'a [(RoleId, String)],
    /// What checks of program text look at.
    pub held: Held,
    /// What a text holds that names a provider, once a program is read.
    pub scan: OnceLock<Scan>,
}

/// What the tool's own documents say that they are.
const OWN_SCHEMAS: [&str; 4] = [
    "\"golive/report/v1\"",
    "\"golive/recording/v1\"",
    "\"golive/facts/v1\"",
    "\"golive/compare/v1\"",
];

impl Reader<'_> {
    /// Reads a file.
    pub(super) fn file(&self, file: &Listed, format: Format) -> FileRead {
        let mut read = FileRead::unread(&file.path);
        let source = match self.tree.read_listed(&file.path) {
            Ok(source) => source,
            Err(fault) => {
                read.unreadable.push(ProjectNote::whole(&file.path, fault.to_string()));
                return read;
            }
        };
        read.read = true;
        read.program = self.held.program(file, format, &source);
        if !self.may_hold_settings(&read, format, source.text()) {
            return read;
        }
        let parsed = parse(format, source.text());
        let purpose = if is_own(source.text()) { Purpose::Documentation } else { file.purpose };
        read.issues(&source, purpose, &parsed.issues);
        let extracted = extract::settings(&source, purpose, &parsed);
        read.env_files = extracted.env_files;
        read.place.outside = extracted.outside;
        read.place.outside.extend(descriptor::platform(&file.path));
        read.settings =
            extracted.settings.into_iter().map(|setting| self.described(setting)).collect();
        if format.is_source() {
            program::keep_configuration(&file.path, &mut read.settings, self.library);
        }
        if is_public_file(&file.path) {
            read.settings.iter_mut().for_each(|(setting, _)| setting.exposed = true);
        }
        switch::tell(&mut read.settings);
        read.place.deploys =
            descriptor::deploys(&file.path, read.settings.iter().map(|one| &one.0));
        read.keep_little_of_data();
        let told = read.settings.iter().map(|(setting, _)| setting);
        read.place.content = content_says(told.filter(|setting| setting.role.is_none()));
        read
    }

    /// Whether a text is worth parsing: of a program only what names a provider can matter, unless it
    /// is there to hold settings.
    fn may_hold_settings(&self, read: &FileRead, format: Format, text: &str) -> bool {
        let is_program = format.is_source() && !program::is_configuration(&read.path);
        !is_program || read.place.says.environment.is_some() || self.names_provider(text)
    }

    fn names_provider(&self, text: &str) -> bool {
        let scan = || Scan::new(self.library, &self.shapes, self.declared);
        self.scan.get_or_init(scan).finds(text)
    }

    /// A setting with its role, kind and secrecy, and what its name says.
    fn described(&self, mut setting: Setting) -> (Setting, NameSays) {
        let mut name = self.named(&setting);
        if name.role.is_none() {
            self.recognise(&mut setting, &mut name);
        }
        describe(&mut setting, &name, self.library);
        (setting, name)
    }

    /// What the name of a setting says. Where it names no role, its file's name may come first
    /// (`api_key` in `config/begini.yml` is `begini.api_key`), or it may be called after the one
    /// process variable that it takes its value from.
    fn named(&self, setting: &Setting) -> NameSays {
        let name = name_of(setting);
        let own = self.index.read(&name);
        if own.role.is_some() {
            return own;
        }
        if self.index.reaches_beyond(&own.words) {
            let file = setting.path().rsplit('/').next().unwrap_or_default();
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            let within = self.index.read(&format!("{stem}.{name}"));
            if within.role.is_some() {
                return within;
            }
        }
        if let SettingValue::Reference { text, .. } = &setting.value
            && let [only] = references(text).as_slice()
            && only.span.end_offset() == text.len()
            && only.span.start_offset() == 0
        {
            let called = self.index.read(only.name);
            if called.role.is_some() {
                return NameSays { exposed: own.exposed || called.exposed, ..called };
            }
        }
        own
    }

    /// Takes a setting for the role that its value can only be of.
    fn recognise(&self, setting: &mut Setting, name: &mut NameSays) {
        let Some(value) = setting.literal() else { return };
        let fitting = self.shapes.of(value.expose());
        match fitting.as_slice() {
            [] => {}
            [only] => (name.role, name.by_value) = (Some(RoleId::clone(only)), true),
            several => match named_among(several, setting) {
                Some(named) => (name.role, name.by_value) = (Some(named), true),
                None => setting.candidates = several.iter().map(|&role| role.clone()).collect(),
            },
        }
    }
}

/// Whether a text is a document that the tool wrote, as a report: nothing in it is in force.
fn is_own(text: &str) -> bool {
    let head = text.trim_start().strip_prefix('{').map(str::trim_start);
    let schema = head.and_then(|rest| rest.strip_prefix("\"schema\"")).map(str::trim_start);
    let named = schema.and_then(|rest| rest.strip_prefix(':')).map(str::trim_start);
    named.is_some_and(|name| OWN_SCHEMAS.iter().any(|own| name.starts_with(own)))
}

/// What a setting is called, without the key of the section that tells its environment: a switch
/// called `mode` in the section `test` is no test mode.
fn name_of(setting: &Setting) -> Cow<'_, str> {
    if !matches!(setting.scope, Scope::Environment { .. }) {
        return Cow::Borrowed(&setting.name);
    }
    let (above, last) = setting.name.rsplit_once('.').unwrap_or(("", &setting.name));
    let kept = above.split('.').filter(|key| !key.is_empty() && section::named(key).is_none());
    Cow::Owned(kept.chain([last]).collect::<Vec<_>>().join("."))
}

/// The one of several roles whose provider's own name stands in that of the setting or of its file.
fn named_among(roles: &[&RoleId], setting: &Setting) -> Option<RoleId> {
    let file = setting.path().rsplit('/').next().unwrap_or_default();
    let (name, file) = (words(&setting.name), words(file));
    let called = |role: &&&RoleId| {
        let provider = words(&role.pack);
        [&name, &file].iter().any(|all| all.windows(provider.len()).any(|run| run == provider))
    };
    let mut named = roles.iter().filter(called);
    let first = named.next()?;
    named.next().is_none().then(|| RoleId::clone(first))
}

/// What is called the same in another environment is the same: a role that one value told goes to
/// every setting of that name whose own value tells none.
pub(super) fn spread(told: &mut [(Setting, NameSays)], library: &Library) {
    let mut known: BTreeMap<Vec<String>, Option<RoleId>> = BTreeMap::new();
    for (setting, name) in told.iter().filter(|(_, name)| name.by_value) {
        let called = called(setting);
        if called.len() < 2 {
            continue;
        }
        let role = known.entry(called).or_insert_with(|| name.role.clone());
        if *role != name.role {
            *role = None;
        }
    }
    if known.is_empty() {
        return;
    }
    for (setting, name) in told.iter_mut() {
        if name.role.is_none()
            && setting.candidates.is_empty()
            && let Some(Some(role)) = known.get(&called(setting))
        {
            name.role = Some(role.clone());
            let exposed = setting.exposed;
            describe(setting, name, library);
            setting.exposed = exposed;
        }
    }
}

/// The words of what a setting is called in its own environment, whatever job or section it stands
/// in, without words of environments.
fn called(setting: &Setting) -> Vec<String> {
    let words = setting.key.split(' ').filter(|word| class_of_word(word).is_none());
    words.map(str::to_owned).collect()
}

/// Gives a setting its role, kind and secrecy.
pub(super) fn describe(setting: &mut Setting, name: &NameSays, library: &Library) {
    let role = name.role.as_ref().and_then(|id| library.role(id));
    setting.words.clone_from(&name.words);
    setting.role = role.map(|role| role.id.clone());
    let mut shaped = setting.candidates.iter().filter_map(|id| library.role(id));
    let first = shaped.next().map(|role| role.kind);
    let shaped = first.filter(|kind| shaped.all(|role| role.kind == *kind));
    setting.kind = role.map(|role| role.kind).or(shaped).or(name.kind);
    setting.kind_is_guess = role.is_none() && shaped.is_none() && name.kind.is_some();
    setting.exposed = name.exposed;
    setting.secret = setting.kind == Some(Kind::Credential) || role.is_some_and(|role| role.secret);
}

impl FileRead {
    /// A file of which only the path is known.
    fn unread(path: &str) -> Self {
        let says = place::read(path);
        let place = FilePlace { says, content: None, deploys: false, outside: Vec::new() };
        Self {
            path: path.to_owned(),
            place,
            settings: Vec::new(),
            env_files: Vec::new(),
            unreadable: Vec::new(),
            notes: Vec::new(),
            program: None,
            read: false,
            data: false,
        }
    }

    /// Of a file that can only be data, keeps what bears a provider's name or an environment's.
    fn keep_little_of_data(&mut self) {
        if self.settings.len() <= DATA || self.place.says.environment.is_some() {
            return;
        }
        self.data = true;
        self.settings.retain(|(setting, _)| {
            setting.role.is_some() || !setting.candidates.is_empty() || setting.scope != Scope::File
        });
    }

    fn issues(&mut self, source: &Arc<SourceText>, purpose: Purpose, issues: &[Issue]) {
        if purpose != Purpose::Live {
            return;
        }
        for issue in issues {
            let note = ProjectNote {
                path: source.path().to_owned(),
                source: Some(Arc::clone(source)),
                span: issue.span,
                message: issue.message.clone(),
            };
            match issue.kind {
                IssueKind::Syntax | IssueKind::Limit | IssueKind::Alias => {
                    self.unreadable.push(note);
                }
                IssueKind::DuplicateKey { .. } | IssueKind::Ambiguous => self.notes.push(note),
            }
        }
    }
}
