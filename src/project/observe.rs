//! Observing an environment from inside: values are looked at, and only facts leave.

use std::collections::BTreeSet;

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::Timestamp;

use super::facts::{FACTS, FactLine, FactsPage, HomeLine, Length, State, salt_mark};
use super::fingerprint::{Salt, is_guessable};
use super::home;
use super::mask::Mask;
use super::placeholder::is_placeholder;
use super::read::Project;
use super::reading::describe;
use super::reference;
use super::roles::RoleIndex;
use super::setting::{Setting, SettingValue};
use super::words::class_of_word;
use crate::document::{Entry, Node, Value};
use crate::pack::{By, Class, Library, Pack, Role, RoleId};
use crate::source::Secret;

/// What is observed.
pub struct Observing<'a> {
    /// The project that says what matters.
    pub project: &'a Project,
    /// The packs.
    pub library: &'a Library,
    /// The environment.
    pub environment: &'a str,
    /// Its class.
    pub class: Class,
    /// The clock.
    pub clock: Timestamp,
}

/// Where values are.
pub enum Values<'a> {
    /// In the process that the tool runs in.
    Process(&'a dyn Fn(&str) -> Option<String>),
    /// In a document, by names: what a vault or a platform prints.
    Document(&'a Node, &'a str),
}

/// What was observed, and which essential roles were not seen.
pub struct Seen {
    /// The facts.
    pub page: FactsPage,
    /// Roles that a pack in use calls essential and that have no value.
    pub unseen: Vec<RoleId>,
}

/// A value under a name, with the role that the name gives it.
struct Named {
    name: String,
    role: RoleId,
    value: Secret,
    /// Whether the name is so plainly of its role that its host may be told.
    plain: bool,
}

/// Observes an environment.
pub fn observe(asked: &Observing<'_>, salt: &Salt, values: &Values<'_>) -> Seen {
    let packs = in_use(asked);
    let named = match values {
        Values::Process(variable) => of_process(asked, &packs, *variable),
        Values::Document(root, text) => of_document(asked, &packs, root, text),
    };
    let facts = lines(asked, salt, named);
    let seen: BTreeSet<&RoleId> =
        facts.iter().filter(|fact| fact.state == State::Present).map(|fact| &fact.role).collect();
    let essential = packs.iter().flat_map(|pack| &pack.essential);
    let unseen = essential.filter(|role| !seen.contains(role)).cloned().collect();
    let page = FactsPage {
        schema: FACTS.to_owned(),
        tool: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        environment: asked.environment.to_owned(),
        class: asked.class,
        observed: whole_seconds(asked.clock),
        commit: asked.project.commit.as_ref().map(|commit| commit.id.clone()),
        salt: salt_mark(salt),
        facts,
    };
    Seen { page, unseen }
}

/// A time is told no finer than anybody needs.
fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// The packs of the project; those of the tree itself do not say what is looked at.
fn in_use<'a>(asked: &Observing<'a>) -> Vec<&'a Pack> {
    let recognised = |pack: &&Pack| {
        asked.project.recognised.iter().any(|seen| seen.pack == pack.id)
            && !pack.origin.is_of_tree()
    };
    asked.library.packs.iter().filter(recognised).collect()
}

/// Process variables under the usual names of roles, and under those that the project uses.
fn of_process(
    asked: &Observing<'_>,
    packs: &[&Pack],
    variable: &dyn Fn(&str) -> Option<String>,
) -> Vec<Named> {
    let manifest = &asked.project.manifest;
    let mut names: BTreeSet<(RoleId, String)> = BTreeSet::new();
    let mut add = |role: &RoleId, name: &str| {
        let known = packs.iter().any(|pack| pack.id == role.pack);
        if known && is_variable(name) {
            names.insert((role.clone(), name.to_owned()));
        }
    };
    for role in packs.iter().flat_map(|pack| pack.roles.values()) {
        role.names.iter().for_each(|name| add(&role.id, name));
    }
    manifest.roles.iter().for_each(|(role, name)| add(role, name));
    let declared = manifest.environments.iter().filter(|one| one.name == asked.environment);
    declared.flat_map(|one| &one.variables).for_each(|(role, name)| add(role, name));
    for setting in &asked.project.settings {
        if let Some(role) = &setting.role {
            add(role, &setting.name);
        }
    }
    let index = RoleIndex::new(asked.library, &manifest.roles);
    let usual = RoleIndex::new(asked.library, &[]);
    let set = names.into_iter().filter_map(|(role, name)| {
        let elsewhere = is_elsewhere(&index.read(&name).environment_words, asked.class);
        let value = Secret::new(if elsewhere { None } else { variable(&name) }?);
        let plain = usual.is_plainly_of(&name, &role);
        Some(Named { name, role, value, plain })
    });
    set.collect()
}

/// Whether a process could hold a variable of this name.
fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
}

/// Whether words of a name say that it is about an environment of another class.
fn is_elsewhere(words: &[String], class: Class) -> bool {
    words.first().and_then(|word| class_of_word(word)).is_some_and(|told| told != class)
}

/// Values of a document whose names are those of roles.
fn of_document(asked: &Observing<'_>, packs: &[&Pack], root: &Node, text: &str) -> Vec<Named> {
    let index = RoleIndex::new(asked.library, &asked.project.manifest.roles);
    let usual = RoleIndex::new(asked.library, &[]);
    let mut leaves = Leaves { text, keys: Vec::new(), found: Vec::new() };
    leaves.gather(root, false);
    let named = leaves.found.into_iter().filter_map(|(keys, value)| {
        let says = index.read(&keys.join("."));
        let role = says.role.filter(|role| packs.iter().any(|pack| pack.id == role.pack))?;
        if is_elsewhere(&says.environment_words, asked.class) {
            return None;
        }
        // the fewest keys that say it: what stands before them is where it is kept
        let parts = (0..keys.len()).rev().filter_map(|from| Some(keys.get(from..)?.join(".")));
        let name = parts
            .into_iter()
            .find(|part| index.read(part).role.as_ref() == Some(&role))
            .unwrap_or_else(|| keys.join("."));
        let plain = usual.is_plainly_of(&name, &role);
        Some(Named { name, role, value, plain })
    });
    named.collect()
}

/// Every text of a document with the keys that lead to it.
struct Leaves<'a> {
    text: &'a str,
    keys: Vec<String>,
    found: Vec<(Vec<String>, Secret)>,
}

impl Leaves<'_> {
    /// Depth is bounded by the reader of the document, so this may call itself.
    fn gather(&mut self, node: &Node, encoded: bool) {
        match &node.value {
            Value::Map(entries) => {
                let is_secret = node.get("kind").and_then(Node::text) == Some("Secret");
                if let Some((name, value)) = named_pair(node) {
                    self.below(name, |leaves| leaves.gather(value, encoded));
                    return;
                }
                for Entry { key, node, .. } in entries.iter() {
                    let encoded = encoded || (is_secret && &*key.text == "data");
                    self.below(&key.text, |leaves| leaves.gather(node, encoded));
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.gather(item, encoded)),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text { .. } => {
                let text = node.scalar_text(self.text).unwrap_or_default();
                let value = if encoded { decoded(&text) } else { text.into_owned() };
                self.found.push((self.keys.clone(), Secret::new(value)));
            }
        }
    }

    fn below(&mut self, key: &str, act: impl FnOnce(&mut Self)) {
        self.keys.push(key.to_owned());
        act(self);
        self.keys.pop();
    }
}

/// `{"name": ..., "value": ...}`, as many platforms print variables.
fn named_pair(node: &Node) -> Option<(&str, &Node)> {
    let name = ["name", "key"].iter().find_map(|key| node.get(key)?.text())?;
    Some((name, node.get("value")?))
}

/// What stands under `data` of a Kubernetes Secret; what is not in base64 stays as it is.
fn decoded(text: &str) -> String {
    let bytes = BASE64_STANDARD.decode(text.trim()).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned())
}

/// What may be told of each value, in order of role and name.
fn lines(asked: &Observing<'_>, salt: &Salt, named: Vec<Named>) -> Vec<FactLine> {
    let index = RoleIndex::new(asked.library, &asked.project.manifest.roles);
    let (mut settings, mut plain): (Vec<Setting>, Vec<bool>) = Default::default();
    for one in named {
        let mut says = index.read(&one.name);
        says.role = Some(one.role);
        let mut setting = Setting::of_process(one.name, SettingValue::Literal(one.value));
        describe(&mut setting, &says, asked.library);
        settings.push(setting);
        plain.push(one.plain);
    }
    home::settle(&mut settings, &[], asked.library, &asked.project.manifest);
    let mask = &Mask::of(settings.iter(), asked.library);
    let told = settings.iter().zip(plain);
    let mut lines: Vec<FactLine> = told
        .filter_map(|(setting, plain)| {
            let id = setting.role.as_ref()?;
            let (pack, role) = (asked.library.pack(&id.pack)?, asked.library.role(id)?);
            Some(Looking { setting, pack, role, salt, mask, plain }.line(id))
        })
        .collect();
    lines.sort_by(|one, other| (&one.role, &one.name).cmp(&(&other.role, &other.name)));
    lines
}

/// One value while it is looked at.
struct Looking<'a> {
    setting: &'a Setting,
    pack: &'a Pack,
    role: &'a Role,
    salt: &'a Salt,
    mask: &'a Mask,
    plain: bool,
}

impl Looking<'_> {
    fn line(&self, id: &RoleId) -> FactLine {
        let value = self.setting.literal().cloned().unwrap_or_else(|| Secret::new(""));
        let text = value.expose().trim();
        let state = match text {
            "" => State::Empty,
            _ if reference::of(text).is_some() => State::Reference,
            _ => State::Present,
        };
        let present = state == State::Present;
        let (scheme, host) = if present { self.address() } else { (None, None) };
        let shape = self.role.looks_like.as_ref().filter(|_| present);
        let sure = matches!(self.setting.home.by, Some(By::Pattern | By::Host));
        let by = self.setting.home.by.filter(|_| sure && present);
        let (placeholder, sample) = (is_placeholder(text), self.pack.publishes(text));
        let telling = present && !placeholder && !sample && !is_guessable(text);
        FactLine {
            role: id.clone(),
            name: self.mask.shown(&self.setting.name),
            state,
            kind: self.role.kind,
            home: by.map(|by| HomeLine { home: self.setting.home.home, by }),
            scheme,
            host,
            shape: shape.map(|shape| shape.is_match(text)),
            placeholder: present && placeholder,
            sample: present && sample,
            length: Length::of(text),
            fingerprint: telling.then(|| self.salt.fingerprint(&value)),
        }
    }

    /// Scheme and host, where neither gives anything away.
    fn address(&self) -> (Option<String>, Option<String>) {
        let open = self.plain && !self.setting.secret;
        let scheme = self.setting.url().map(|url| url.scheme().to_owned());
        let host = self
            .setting
            .host()
            .filter(|host| open && is_host(host) && self.mask.hidden(host) == *host);
        (scheme, host)
    }
}

/// Whether a text is a name of the domain name system with a domain, or an address.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() < 64
            && label.chars().all(|one| one.is_ascii_alphanumeric() || one == '-')
    };
    text.parse::<std::net::IpAddr>().is_ok()
        || (text.contains('.') && text.len() < 254 && text.split('.').all(label))
}
