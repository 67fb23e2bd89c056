//! Every value has a home: the class it belongs to, whatever file it stands in.
//!
//! Known, most certain first, by a pattern of the pack, a host, a fingerprint, identity, or a word
//! inside it, which is a guess.

use std::collections::{BTreeMap, BTreeSet};

use super::address::unreachable;
use super::environment::Environment;
use super::manifest::Manifest;
use super::placeholder::is_placeholder;
use super::recognise::Shapes;
use super::setting::{Setting, SettingValue};
use super::words::{SANDBOX_HINTS, class_of_word, parts};
use crate::pack::{By, Class, Home, HostPattern, Kind, Library, Origin, Pack, Role};
use crate::source::{Secret, Span};

/// What is known of a value's home.
#[derive(Clone, Debug)]
pub struct HomeOf {
    /// The home.
    pub home: Home,
    /// How it is known; none where nothing tells.
    pub by: Option<By>,
    /// Where the manifest says so, where it does.
    pub told_at: Option<Span>,
    /// What the value itself hints at: a guess, whatever else is known.
    pub hint: Option<Hint>,
}

/// A class that a value may be of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The class.
    pub class: Class,
    /// The word inside the value that says so; none where its shape does.
    pub word: Option<String>,
}

impl Default for HomeOf {
    fn default() -> Self {
        Self { home: Home::Undeclared, by: None, told_at: None, hint: None }
    }
}

/// Finds the home of every setting.
pub(super) fn settle(
    settings: &mut [Setting],
    environments: &[Environment],
    library: &Library,
    manifest: &Manifest,
) {
    let judge = Settler { library, manifest, shapes: Shapes::new(library) };
    for setting in settings.iter_mut() {
        setting.home = judge.settle(setting);
    }
    let claims = claims(settings, environments);
    for setting in settings.iter_mut() {
        if setting.home.by.is_some() {
            continue;
        }
        if let Some(key) = identity(setting)
            && let Some(classes) = claims.get(&key)
        {
            setting.home.by = Some(By::Identity);
            setting.home.home =
                match (classes.contains(&Class::Sandbox), classes.contains(&Class::Production)) {
                    (true, true) => Home::Contested,
                    (true, false) => Home::Sandbox,
                    (false, true) => Home::Production,
                    (false, false) => Home::Undeclared,
                };
        }
    }
}

/// What makes two settings hold the same value: the slot, and the value's digest or the text of a
/// reference.
type Identity = (String, String);

fn identity(setting: &Setting) -> Option<Identity> {
    // what a switch says is the same word everywhere
    let is_switch = setting.kind == Some(Kind::Mode);
    let told = (setting.role.is_some() || setting.kind.is_some()) && !is_switch;
    match &setting.value {
        // a stand-in is nobody's value, wherever it stands
        SettingValue::Literal(value) if told && !is_placeholder(value.expose()) => {
            Some((setting.slot(), digest(&setting.compared()?)))
        }
        SettingValue::Reference { text, identity: true } if told => {
            Some((setting.slot(), format!("reference {text}")))
        }
        SettingValue::Literal(_)
        | SettingValue::Reference { .. }
        | SettingValue::Observed(_)
        | SettingValue::Empty => None,
    }
}

/// A digest under which values are compared inside one run; it never leaves it.
pub fn digest(value: &Secret) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(value.expose().trim().as_bytes()))
}

/// The classes whose environments declare each value. A default is a witness only where nothing
/// is written, and a value whose home is settled by something stronger is none.
fn claims(
    settings: &[Setting],
    environments: &[Environment],
) -> BTreeMap<Identity, BTreeSet<Class>> {
    let mut written: BTreeMap<Identity, BTreeSet<Class>> = BTreeMap::new();
    let mut defaults: BTreeMap<Identity, BTreeSet<Class>> = BTreeMap::new();
    for setting in settings.iter().filter(|setting| setting.home.by.is_none()) {
        let Some(key) = identity(setting) else { continue };
        let claims = if setting.origin == Origin::Default { &mut defaults } else { &mut written };
        let classes = setting.in_force.iter().filter_map(|index| environments.get(*index));
        let classes: Vec<Class> = classes.map(|environment| environment.class).collect();
        if !classes.is_empty() {
            claims.entry(key).or_default().extend(classes);
        }
    }
    for (key, classes) in defaults {
        written.entry(key).or_insert(classes);
    }
    written
}

struct Settler<'a> {
    library: &'a Library,
    manifest: &'a Manifest,
    shapes: Shapes<'a>,
}

impl Settler<'_> {
    /// The home by everything that needs no other setting.
    fn settle(&self, setting: &Setting) -> HomeOf {
        let hint = self.likely(setting).or_else(|| hint(setting));
        let known = self
            .by_pattern(setting)
            .or_else(|| self.by_host(setting))
            .or_else(|| self.by_fingerprint(setting));
        match known {
            Some((home, by, told_at)) => HomeOf { home, by: Some(by), told_at, hint },
            None => HomeOf { hint, ..HomeOf::default() },
        }
    }

    fn by_pattern(&self, setting: &Setting) -> Option<(Home, By, Option<Span>)> {
        let value = setting.literal()?.expose().trim();
        let class = match self.role(setting) {
            Some((pack, role)) => role.values.class_of(value).or_else(|| {
                // a key in another key's slot, or another provider's key, is of a class all the same
                let key =
                    matches!(role.kind, Kind::Credential | Kind::PublicKey | Kind::Identifier);
                key.then(|| pack.values.class_of(value).or_else(|| self.shapes.class_of(value)))?
            }),
            None => self.shapes.class_of(value),
        }?;
        Some((class.into(), By::Pattern, None))
    }

    fn role(&self, setting: &Setting) -> Option<(&Pack, &Role)> {
        let id = setting.role.as_ref()?;
        let pack = self.library.pack(&id.pack)?;
        Some((pack, pack.roles.get(&id.role)?))
    }

    /// The class that a shape of the setting's own provider makes likely.
    fn likely(&self, setting: &Setting) -> Option<Hint> {
        let (pack, role) = self.role(setting)?;
        let value = setting.literal()?.expose().trim();
        let class = role.values.likely_class_of(value);
        let class = class.or_else(|| pack.values.likely_class_of(value))?;
        Some(Hint { class, word: None })
    }

    fn by_host(&self, setting: &Setting) -> Option<(Home, By, Option<Span>)> {
        let host = setting.host()?;
        let path = setting.url().map_or_else(String::new, |url| url.path().to_owned());
        let declared =
            self.manifest.hosts.iter().find(|(_, host_of, _)| host_of.matches(&host, &path));
        if let Some((class, _, span)) = declared {
            return Some(((*class).into(), By::Host, Some(*span)));
        }
        let fits = |patterns: &[HostPattern]| patterns.iter().any(|one| one.matches(&host, &path));
        let packs: Vec<&Pack> = match &setting.role {
            Some(role) => self.library.pack(&role.pack).into_iter().collect(),
            None => self.library.packs.iter().collect(),
        };
        for pack in packs {
            let home = match (fits(&pack.hosts.sandbox), fits(&pack.hosts.production)) {
                (true, false) => Home::Sandbox,
                (false, true) => Home::Production,
                _ if fits(&pack.hosts.shared) => Home::Shared,
                _ => continue,
            };
            return Some((home, By::Host, None));
        }
        None
    }

    fn by_fingerprint(&self, setting: &Setting) -> Option<(Home, By, Option<Span>)> {
        let (salt, role) = (self.manifest.salt.as_ref()?, setting.role.as_ref()?);
        let mut known =
            self.manifest.fingerprints.iter().filter(|known| known.1 == *role).peekable();
        known.peek()?;
        let print = salt.fingerprint(setting.literal()?);
        let (class, _, _, span) = known.find(|known| known.2 == print)?;
        Some(((*class).into(), By::Fingerprint, Some(*span)))
    }
}

/// The class that a word inside the value hints at.
fn hint(setting: &Setting) -> Option<Hint> {
    let text = match setting.kind? {
        // a name of one network (`ledger.svc.cluster.local`) says nothing of its environment
        Kind::WebhookUrl | Kind::Url | Kind::Host => {
            setting.host().filter(|host| unreachable(host).is_none())?
        }
        Kind::Credential | Kind::PublicKey => setting.literal()?.expose().to_owned(),
        Kind::Identifier | Kind::Mode | Kind::Number | Kind::Text => return None,
    };
    let is_host = !matches!(setting.kind, Some(Kind::Credential | Kind::PublicKey));
    parts(&text).find_map(|part| {
        let class = class_of_word(part)
            .filter(|class| is_host || *class == Class::Sandbox)
            .or_else(|| SANDBOX_HINTS.contains(&part).then_some(Class::Sandbox));
        class.map(|class| Hint { class, word: Some(part.to_ascii_lowercase()) })
    })
}
