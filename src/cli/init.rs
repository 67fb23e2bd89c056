//! `golive init`: writes a first manifest. What it writes is judged beforehand: a guess that would
//! change what `golive check` says is written as a comment.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use jiff::tz::TimeZone;

use super::arguments::InitArguments;
use super::exit::{Exit, Finished};
use super::opened::{Opened, folder};
use super::show::shown;
use super::world::World;
use crate::project::{MANIFEST, Stated};
use crate::report::{InForce, manifest};
use crate::run::{self, Asked, CheckRun, Draft, Gate, Live, Mode, Run, View, draft};
use crate::source::SourceText;

/// `golive init`.
pub(super) fn run(world: &World<'_>, arguments: &InitArguments) -> Finished {
    written(world, arguments).unwrap_or_else(|finished| finished)
}

fn written(world: &World<'_>, arguments: &InitArguments) -> Result<Finished, Finished> {
    let tree = folder(world, &arguments.path)?;
    if tree.has(MANIFEST) && !arguments.force && !arguments.print {
        return Err(Finished::cannot(format!(
            "error: there is a {MANIFEST} already: --print shows another beside it, --force writes it \
             anew and loses its salt, fingerprints and waivers"
        )));
    }
    let random = (world.given.random)();
    let random = random.ok_or_else(|| {
        Finished::cannot("error: the system gives no random numbers, so there is no salt")
    })?;
    let salt = BASE64_URL_SAFE_NO_PAD.encode(random.get(..24).unwrap_or_default());
    let opened = Opened::by(world, &arguments.path, &arguments.packs, Stated::Nowhere)?;
    let draft = draft(&opened.view());
    let writing = Writing { world, opened: &opened, draft: &draft, salt };
    let in_force = writing.in_force(&told(&opened, world));
    let text = writing.text(&in_force);
    if arguments.print {
        return Ok(Finished::shown(text));
    }
    let path = tree.root().join(MANIFEST);
    let named = shown(&arguments.path.join(MANIFEST)).to_string();
    std::fs::write(&path, text).map_err(|fault| {
        Finished::cannot(format!("error: {named}: not written ({})", fault.kind()))
    })?;
    let output = format!(
        "{named} is written: {}\nRead it through, then: golive check\n",
        summary(&draft, &in_force)
    );
    Ok(Finished { output, errors: String::new(), exit: Exit::Ready })
}

fn summary(draft: &Draft, in_force: &InForce) -> String {
    let count =
        |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let mut facts = vec![
        count(draft.environments.len(), "environment"),
        count(draft.packs.iter().filter(|pack| pack.what != "core").count(), "provider"),
        count(draft.hosts.len(), "host"),
    ];
    if *in_force != InForce::all(draft) {
        facts
            .push("some guesses are comments, because they would change what is judged".to_owned());
    }
    facts.join(" · ")
}

/// What a manifest must leave as it is.
#[derive(PartialEq, Eq)]
struct Told {
    verdict: String,
    checks: Vec<(String, String, Option<String>)>,
    findings: BTreeSet<(String, String, String)>,
    /// By environment, file and place: the settings in force.
    profiles: BTreeSet<(String, String, u32)>,
}

/// What `golive check` says of the files.
fn told(opened: &Opened, world: &World<'_>) -> Told {
    let asked = Asked::of(Gate::Launch, world.clock);
    let view = View::new(&opened.library, &opened.project, &asked, &opened.mask);
    let recording = RefCell::new(None);
    let run: Run = run::run(&view, Live { mode: Mode::Off, ask: None, recording: &recording });
    let check = |check: &CheckRun| {
        let reason = check.reason.as_ref().map(|reason| reason.kind.clone());
        (check.id.to_string(), check.result.as_str().to_owned(), reason)
    };
    let findings = run.findings.iter().map(|finding| {
        let at = finding.location.as_ref();
        let place =
            at.map_or_else(String::new, |at| format!("{}:{}:{}", at.path, at.line, at.column));
        let also: Vec<String> = finding.also.iter().map(ToString::to_string).collect();
        let weight = format!("{:?} {}", finding.severity, also.join(" "));
        (place, finding.check.to_string(), weight)
    });
    Told {
        verdict: run.verdict.word.as_str().to_owned(),
        checks: run.checks.iter().map(check).collect(),
        findings: findings.collect(),
        profiles: profiles(&view),
    }
}

fn profiles(view: &View<'_>) -> BTreeSet<(String, String, u32)> {
    let settings = view.seen();
    let places = settings.flat_map(|setting| {
        let environments = setting.in_force.iter().filter_map(|index| view.environment(*index));
        let place = |name: &String| (name.clone(), setting.path().to_owned(), setting.span.start);
        environments.map(move |environment| place(&environment.name))
    });
    places.collect()
}

struct Writing<'w> {
    world: &'w World<'w>,
    opened: &'w Opened,
    draft: &'w Draft,
    salt: String,
}

impl Writing<'_> {
    fn text(&self, in_force: &InForce) -> String {
        let day = self.world.clock.to_zoned(TimeZone::UTC).date();
        manifest(self.draft, in_force, &self.salt, day)
    }

    /// As many guesses as leave what is said of the project as it is.
    fn in_force(&self, before: &Told) -> InForce {
        let all = InForce::all(self.draft);
        if self.leaves(&all, before) {
            return all;
        }
        let mut kept = InForce::default();
        let mut attempt = |change: &dyn Fn(&mut InForce)| {
            let mut more = kept.clone();
            change(&mut more);
            if self.leaves(&more, before) {
                kept = more;
            }
        };
        attempt(&|one| one.environments = true);
        for environment in &self.draft.environments {
            attempt(&|one| one.layers.push(environment.name.clone()));
        }
        attempt(&|one| one.services = true);
        attempt(&|one| one.roles = true);
        attempt(&|one| one.hosts = true);
        attempt(&|one| one.packs = true);
        if !kept.environments {
            kept.layers.clear();
        }
        kept
    }

    /// Whether the project, read by this manifest, is judged as before.
    fn leaves(&self, in_force: &InForce, before: &Told) -> bool {
        let source = Arc::new(SourceText::new(MANIFEST, self.text(in_force)));
        let opened = self.opened.again(self.world, Stated::Instead(source));
        opened.is_ok_and(|opened| told(&opened, self.world) == *before)
    }
}
