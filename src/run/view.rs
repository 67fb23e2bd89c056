//! The judged project, indexed once: checks look things up, they never search.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::asked::Asked;
use super::labels::Labels;
use crate::expression::Fact;
use crate::pack::{
    Area, By, Check, CheckId, Class, EnvironmentName, Home, HostPattern, Kind, Library, Pack, Role,
    RoleId, Selector,
};
use crate::project::{
    Environment, Mask, Project, Purpose, Setting, SettingValue, is_placeholder, unreachable,
};

/// Everything that judging reads.
pub struct View<'a> {
    /// The packs.
    pub library: &'a Library,
    /// The project.
    pub project: &'a Project,
    /// What is asked.
    pub asked: &'a Asked,
    /// Hides secrets in foreign text.
    pub mask: &'a Mask,
    /// Names for equal values.
    pub labels: Labels,
    /// Packs in use, `core` first.
    pub in_use: Vec<&'a Pack>,
    by_role: BTreeMap<RoleId, Vec<usize>>,
    by_kind: BTreeMap<Kind, Vec<usize>>,
    /// Packs whose roles a core check leaves to the check that refines it.
    refined: BTreeMap<CheckId, BTreeSet<String>>,
    tracked: OnceCell<Option<BTreeSet<String>>>,
}

/// A setting that a selector found, with the environment it was found in.
#[derive(Clone, Copy)]
pub struct Match<'a> {
    /// The setting.
    pub setting: &'a Setting,
    /// The environment as an index; none in the tree outside environments.
    pub environment: Option<usize>,
}

impl<'a> View<'a> {
    /// Indexes a project.
    pub fn new(
        library: &'a Library,
        project: &'a Project,
        asked: &'a Asked,
        mask: &'a Mask,
    ) -> Self {
        let (mut by_role, mut by_kind) = (BTreeMap::new(), BTreeMap::new());
        for (index, setting) in project.settings.iter().enumerate() {
            if let Some(role) = &setting.role {
                by_role.entry(role.clone()).or_insert_with(Vec::new).push(index);
            }
            if let Some(kind) = setting.kind {
                by_kind.entry(kind).or_insert_with(Vec::new).push(index);
            }
        }
        let recognised: BTreeSet<&str> =
            project.recognised.iter().map(|seen| seen.pack.as_str()).collect();
        let in_use = library
            .packs
            .iter()
            .filter(|pack| pack.id == "core" || recognised.contains(&*pack.id))
            .collect();
        let mut refined: BTreeMap<CheckId, BTreeSet<String>> = BTreeMap::new();
        for check in &library.checks {
            if let Some(refines) = &check.refines {
                refined.entry(refines.clone()).or_default().insert(check.id.pack().to_owned());
            }
        }
        let labels = Labels::new(project);
        let tracked = OnceCell::new();
        Self { library, project, asked, mask, labels, in_use, by_role, by_kind, refined, tracked }
    }

    /// Whether any pack but `core` is in use.
    pub fn has_provider(&self) -> bool {
        self.in_use.iter().any(|pack| pack.id != "core")
    }

    /// Settings of a role, in order of place.
    pub fn of_role(&self, role: &RoleId) -> impl Iterator<Item = &'a Setting> {
        self.at(self.by_role.get(role))
    }

    fn at(&self, indexes: Option<&Vec<usize>>) -> impl Iterator<Item = &'a Setting> {
        let settings = &self.project.settings;
        indexes.cloned().unwrap_or_default().into_iter().filter_map(|index| settings.get(index))
    }

    /// The role's description.
    pub fn role(&self, role: &RoleId) -> Option<&'a Role> {
        self.library.role(role)
    }

    /// The environment at an index.
    pub fn environment(&self, index: usize) -> Option<&'a Environment> {
        self.project.environments.get(index)
    }

    /// Whether an environment is meant by a name; `--environment` leaves the others out.
    pub fn is_meant(&self, index: usize, names: &[EnvironmentName]) -> bool {
        let Some(environment) = self.environment(index) else { return false };
        if self.asked.environment.as_ref().is_some_and(|only| *only != environment.name) {
            return false;
        }
        names.is_empty()
            || names.iter().any(|name| name.means(&environment.name, environment.class))
    }

    /// Indexes of the environments that names mean.
    pub fn environments(&self, names: &[EnvironmentName]) -> Vec<usize> {
        (0..self.project.environments.len()).filter(|index| self.is_meant(*index, names)).collect()
    }

    /// Whether the project has an environment of a class, judged or not.
    pub fn has_class(&self, class: Class) -> bool {
        self.has(&EnvironmentName::Class(class))
    }

    /// Settings in force in an environment that hold a role.
    pub fn in_force(&self, environment: usize, role: &RoleId) -> Vec<&'a Setting> {
        self.of_role(role).filter(|setting| setting.in_force.contains(&environment)).collect()
    }

    /// Everything that a selector of `check` finds.
    pub fn select(&self, check: &Check, selector: &Selector) -> Vec<Match<'a>> {
        let candidates: Vec<&Setting> = if !selector.role.is_empty() {
            selector.role.iter().flat_map(|role| self.of_role(role)).collect()
        } else if !selector.kind.is_empty() {
            selector.kind.iter().flat_map(|kind| self.at(self.by_kind.get(kind))).collect()
        } else {
            self.project.settings.iter().collect()
        };
        candidates
            .into_iter()
            .filter(|setting| self.is_ours(check, setting))
            .filter_map(|setting| self.place(selector, setting))
            .filter(|found| self.fits(selector, found.setting))
            .collect()
    }

    /// A check of a pack is about its own roles; a core check leaves roles to what refines it.
    fn is_ours(&self, check: &Check, setting: &Setting) -> bool {
        let Some(role) = &setting.role else { return check.id.pack() == "core" };
        if check.id.pack() != "core" {
            return role.pack == check.id.pack();
        }
        !self.refined.get(&check.id).is_some_and(|packs| packs.contains(&role.pack))
    }

    /// Where a selector looks at a setting, if it does.
    fn place(&self, selector: &Selector, setting: &'a Setting) -> Option<Match<'a>> {
        let names = &selector.environment;
        match selector.area {
            Area::Profiles => {
                let environment =
                    setting.in_force.iter().copied().find(|index| self.is_meant(*index, names))?;
                Some(Match { setting, environment: Some(environment) })
            }
            Area::Tree => {
                let environment = setting.in_force.first().copied();
                let meant = names.is_empty()
                    || environment.is_some_and(|index| self.is_meant(index, names));
                (meant && setting.purpose != Purpose::Own).then_some(Match { setting, environment })
            }
        }
    }

    fn fits(&self, selector: &Selector, setting: &Setting) -> bool {
        let text = setting.text().unwrap_or_default();
        let literal = || setting.literal().map_or("", |value| value.expose());
        let is = |asked: Option<bool>, holds: &dyn Fn() -> bool| {
            asked.is_none_or(|asked| asked == holds())
        };
        (selector.origin.is_empty() || selector.origin.contains(&setting.origin))
            && is(selector.exposed, &|| setting.exposed)
            && is(selector.empty, &|| setting.value == SettingValue::Empty)
            && is(selector.placeholder, &|| is_placeholder(literal()))
            && is(selector.sample, &|| self.is_sample(setting))
            && is(selector.certain, &|| setting.home.by.is_some_and(|by| by != By::Word))
            && is(selector.tracked, &|| self.is_tracked(setting))
            && (selector.scheme.is_empty() || has_scheme(text, &selector.scheme))
            && (selector.host.is_empty() || self.has_host(setting, &selector.host))
            && fits_home(selector, setting)
    }

    /// Whether a value is a published sample of a pack in use.
    pub fn is_sample(&self, setting: &Setting) -> bool {
        let Some(value) = setting.literal() else { return false };
        let value = value.expose().trim();
        let mut digest = None;
        self.in_use.iter().flat_map(|pack| &pack.sentinels).any(|sample| {
            match sample.strip_prefix("sha256:") {
                Some(hex) => {
                    *digest.get_or_insert_with(|| {
                        use sha2::{Digest, Sha256};
                        hex::encode(Sha256::digest(value.as_bytes()))
                    }) == hex.to_ascii_lowercase()
                }
                None => sample == value,
            }
        })
    }

    fn is_tracked(&self, setting: &Setting) -> bool {
        let root = self.project.tree.root();
        let tracked = self.tracked.get_or_init(|| crate::project::tracked(root));
        // a reference is no value: what is tracked then is only where the value is kept
        setting.source.is_some()
            && setting.literal().is_some()
            && tracked.as_ref().is_none_or(|paths| paths.contains(setting.path()))
    }

    /// Whether the host of a value is on one of the lists, or fits one of the patterns.
    fn has_host(&self, setting: &Setting, wanted: &[String]) -> bool {
        let Some(host) = setting.host() else { return false };
        let path = setting.url().map_or_else(String::new, |url| url.path().to_owned());
        wanted.iter().any(|name| match &**name {
            "private" => unreachable(&host).is_some(),
            "refused" => self.refused(setting, &host, &path).is_some(),
            list => {
                let listed = self.library.packs.iter().find_map(|pack| pack.hosts.lists.get(list));
                match listed {
                    Some(listed) => listed.iter().any(|pattern| pattern.matches(&host, &path)),
                    None => HostPattern::new(list).matches(&host, &path),
                }
            }
        })
    }

    /// Why a host is wrong everywhere, as the packs say.
    pub fn refused(&self, setting: &Setting, host: &str, path: &str) -> Option<&'a str> {
        let packs = self
            .in_use
            .iter()
            .filter(|pack| setting.role.as_ref().is_none_or(|role| role.pack == pack.id));
        packs
            .flat_map(|pack| &pack.hosts.refused)
            .find(|(pattern, _)| pattern.matches(host, path))
            .map(|(_, why)| why.as_str())
    }

    /// The parameters of a pack with what the manifest sets.
    pub fn parameters(&self, pack: &str) -> BTreeMap<String, Fact> {
        let mut parameters =
            self.library.pack(pack).map(|pack| pack.parameters.clone()).unwrap_or_default();
        for ((of, name), value) in &self.project.manifest.parameters {
            if of == pack {
                parameters.insert(name.clone(), value.clone());
            }
        }
        parameters
    }
}

fn has_scheme(text: &str, schemes: &[String]) -> bool {
    let scheme = text.trim().split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| schemes.contains(&scheme))
}

/// Whether a setting's home is one that a selector asks for. A hint by a word counts only where a
/// selector names it, and only where nothing stronger is known than that the place declares it.
fn fits_home(selector: &Selector, setting: &Setting) -> bool {
    let known = &setting.home;
    let wanted = |home: Home| selector.home.is_empty() || selector.home.contains(&home);
    let by_known = selector.by.is_empty() || known.by.is_some_and(|by| selector.by.contains(&by));
    if by_known && wanted(known.home) {
        return true;
    }
    let open = matches!(known.by, None | Some(By::Identity)) && known.home != Home::Contested;
    open && selector.by.contains(&By::Word)
        && known.hint.as_ref().is_some_and(|hint| wanted(hint.class.into()))
}
