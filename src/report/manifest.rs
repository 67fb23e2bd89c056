//! A first `golive.yaml`: every guess as a line that can be corrected, with its reason beside it.

use std::fmt::Write;

use jiff::civil::Date;

use super::yaml::scalar;
use crate::pack::Class;
use crate::run::{Draft, DraftEnvironment, Guess};

/// Which guesses of a draft are in force; the others are written as comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a block of the manifest")]
pub struct InForce {
    /// The environments.
    pub environments: bool,
    /// The names of those whose layers are listed.
    pub layers: Vec<String>,
    /// The services.
    pub services: bool,
    /// The roles.
    pub roles: bool,
    /// The hosts.
    pub hosts: bool,
    /// The packs.
    pub packs: bool,
}

impl InForce {
    /// Everything that a draft guesses.
    pub fn all(draft: &Draft) -> Self {
        Self {
            environments: true,
            layers: draft.environments.iter().map(|one| one.name.clone()).collect(),
            services: true,
            roles: true,
            hosts: true,
            packs: true,
        }
    }
}

/// Writes a manifest with a salt, as of a day.
pub fn manifest(draft: &Draft, in_force: &InForce, salt: &str, day: Date) -> String {
    let mut page = Page::default();
    page.comment(
        "What golive is told of this project. Every line is a guess until somebody agrees.",
    );
    page.comment(&format!(
        "Written by `golive init` on {day}. `golive environments` shows what it means,"
    ));
    page.comment("`golive schema manifest` all that may stand here.");
    environments(&mut page, draft, in_force);
    services(&mut page, draft, in_force.services);
    roles(&mut page, draft, in_force.roles);
    hosts(&mut page, draft, in_force.hosts);
    packs(&mut page, draft, in_force.packs);
    page.block("Fingerprints say that two values are equal without holding either: `golive fingerprint ROLE`.");
    page.comment("The salt was drawn at random for this project. Keep it: with another one none of them fits.");
    page.line(0, "fingerprints:", "");
    page.line(1, &format!("salt: {}", scalar(salt)), "");
    page.text
}

/// A page of YAML while it is written. What is not in force stands behind a `#`.
#[derive(Default)]
struct Page {
    text: String,
    asleep: bool,
    /// How deep the marks of comments stand.
    column: usize,
}

impl Page {
    fn comment(&mut self, text: &str) {
        let _ = writeln!(self.text, "# {text}");
    }

    /// A comment after some air; what follows is in force again.
    fn block(&mut self, text: &str) {
        self.text.push('\n');
        self.asleep = false;
        self.comment(text);
    }

    /// A line, with its reason beside it.
    fn line(&mut self, depth: usize, text: &str, why: &str) {
        let mark = if self.asleep { "# " } else { "" };
        let before = depth.min(self.column);
        let (before, within) = ("  ".repeat(before), "  ".repeat(depth - before));
        let _ = write!(self.text, "{before}{mark}{within}{text}");
        if !why.is_empty() {
            let _ = write!(self.text, "  # {why}");
        }
        self.text.push('\n');
    }

    fn sleep_unless(&mut self, in_force: bool, column: usize) {
        (self.asleep, self.column) = (!in_force, column);
    }
}

/// Said above what is only written as a comment.
const ASLEEP: &str = "Not in force, because it would change what `golive check` says:";

fn environments(page: &mut Page, draft: &Draft, in_force: &InForce) {
    page.block(
        "Where the software runs. `class` is sandbox (nothing is real there) or production.",
    );
    if draft.environments.is_empty() {
        page.comment("None was found. As an example:");
        page.sleep_unless(false, 0);
        page.line(0, "environments:", "");
        for class in ["sandbox", "production"] {
            page.line(1, &format!("{class}: {{ layers: [.env, .env.{class}] }}"), "");
        }
        return;
    }
    if !in_force.environments {
        page.comment(ASLEEP);
    }
    page.sleep_unless(in_force.environments, 0);
    page.line(0, "environments:", "");
    for environment in &draft.environments {
        one_environment(page, environment, in_force);
    }
}

fn one_environment(page: &mut Page, environment: &DraftEnvironment, in_force: &InForce) {
    page.line(1, &format!("{}:", scalar(&environment.name)), &format!("by {}", environment.why));
    page.line(2, &format!("class: {}", environment.class.as_str()), "");
    let listed = in_force.layers.contains(&environment.name) && !environment.layers.is_empty();
    let awake = !page.asleep;
    if !listed && !environment.layers.is_empty() {
        page.line(
            2,
            "# as comments, because listed they would change which settings are in force:",
            "",
        );
    }
    page.sleep_unless(awake && listed, if awake { 2 } else { 0 });
    if !environment.layers.is_empty() {
        page.line(2, "layers:", "lowest first");
    }
    for layer in &environment.layers {
        page.line(3, &format!("- {}", scalar(&layer.what)), &layer.why);
    }
    page.sleep_unless(awake, 0);
    if !environment.supplied.is_empty() {
        page.line(2, "supplied:", "values that stand elsewhere");
    }
    for role in &environment.supplied {
        page.line(3, &format!("- {}", role.what), &role.why);
    }
    if !environment.missing.is_empty() {
        let roles: Vec<String> = environment.missing.iter().map(ToString::to_string).collect();
        let text = format!("# not found: {}", roles.join(", "));
        page.line(2, &text, "");
        page.line(2, "# if a vault or the platform sets it, list it under `supplied`", "");
    }
}

fn services(page: &mut Page, draft: &Draft, in_force: bool) {
    if draft.services.is_empty() {
        return;
    }
    page.block("Folders with configuration of their own.");
    asleep(page, in_force);
    page.line(0, "services:", "");
    for Guess { what: (name, root), why } in &draft.services {
        page.line(1, &format!("{}: {{ root: {} }}", scalar(name), scalar(root)), why);
    }
}

fn roles(page: &mut Page, draft: &Draft, in_force: bool) {
    page.block("What settings are to a provider, where their names are not the usual ones.");
    if draft.roles.is_empty() {
        page.comment("roles: { pack/role: NAME_OF_THE_SETTING }");
    } else {
        asleep(page, in_force);
        page.line(0, "roles:", "");
        for Guess { what: (role, name), why } in &draft.roles {
            page.line(1, &format!("{role}: {}", scalar(name)), why);
        }
    }
    page.asleep = false;
    for (role, candidates) in &draft.perhaps {
        page.comment(&format!("{role} was not found; perhaps {candidates}"));
    }
}

fn hosts(page: &mut Page, draft: &Draft, in_force: bool) {
    page.block("Hosts of your own. They tell where a value belongs, and never allow a request.");
    if draft.hosts.is_empty() {
        page.comment("hosts: { sandbox: [staging.your.domain], production: [api.your.domain] }");
    } else {
        asleep(page, in_force);
        page.line(0, "hosts:", "");
    }
    for class in [Class::Sandbox, Class::Production] {
        let mut own = draft.hosts.iter().filter(|guess| guess.what.0 == class).peekable();
        if own.peek().is_some() {
            page.line(1, &format!("{}:", class.as_str()), "");
        }
        for guess in own {
            page.line(2, &format!("- {}", scalar(&guess.what.1)), &guess.why);
        }
    }
    page.asleep = false;
    for (host, why) in &draft.unsettled {
        page.comment(&format!("{host}: {why}"));
    }
}

fn packs(page: &mut Page, draft: &Draft, in_force: bool) {
    page.block("Packs to judge by. Without this list: core, and whatever is in use.");
    let provider = draft.packs.iter().any(|pack| pack.what != "core");
    if !provider {
        page.comment("No provider was recognised. `golive list` shows the packs; as an example:");
        page.comment("packs: [core, begini]");
        return;
    }
    asleep(page, in_force);
    page.line(0, "packs:", "");
    for pack in &draft.packs {
        page.line(1, &format!("- {}", scalar(&pack.what)), &pack.why);
    }
}

fn asleep(page: &mut Page, in_force: bool) {
    if !in_force {
        page.comment(ASLEEP);
    }
    page.sleep_unless(in_force, 0);
}
