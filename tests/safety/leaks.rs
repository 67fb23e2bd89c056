//! The table of `docs/leaks.md`: what of a secret comes out, by where it stands and by who tells.
//! `GOLIVE_BLESS=1 cargo test --test safety leaks` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use golive::pack::{Library, builtin};
use golive::project::{Project, Question, Tree};
use golive::report::Format;

use super::canary::unbroken;
use super::echoes::{HOSTS, answers};
use super::holders::{HOLDERS, Holder};
use super::leaks_page::{Cell, Table, is_current};
use super::planted::quoted;
use super::scene::{Done, Scene, production_id, sandbox_id};
use super::search::{Canary, encodings};
use super::server::{Server, answer};

/// What the outputs of one holder say, each under its name.
type Told = BTreeMap<String, String>;

/// The secrets of which `text` gives something away.
fn given_away(canaries: &[Canary], text: &str) -> usize {
    let unbroken = unbroken(text);
    let told =
        |one: &&Canary| [text, &unbroken].iter().any(|text| !one.given_away(text).is_empty());
    canaries.iter().filter(told).count()
}

fn all_of(done: &Done) -> String {
    [done.output.as_str(), &done.errors, &done.progress].join("\n")
}

/// The scene of a holder, and the server that every live check reaches.
fn stage(holder: &Holder, canaries: &[Canary]) -> (Scene, Server) {
    let values: Vec<String> = canaries.iter().map(Canary::value).collect();
    let said = if holder.echoes { answers(&values.join("-")) } else { Vec::new() };
    let next = AtomicUsize::new(0);
    let quiet = answer("200 OK", "content-type: application/json\r\n", "{}");
    let server = Server::tls(&HOSTS, move |_| {
        let at = next.fetch_add(1, Ordering::Relaxed);
        if said.is_empty() { quiet.clone() } else { said[at % said.len()].clone() }
    });
    let files = (holder.files)(&values);
    let files: Vec<(&str, String)> =
        files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let scene = Scene::new(&files);
    for (class, id) in [("sandbox", sandbox_id()), ("production", production_id())] {
        let rest = format!("APP_ENV={class}\nBEGINI_INTEGRATION_ID={id}\n");
        let path = format!("project/.env.{class}");
        let own = if scene.path().join(&path).exists() { scene.read(&path) } else { String::new() };
        let host = if class == "sandbox" { HOSTS[1] } else { "api.lender.co.ke" };
        let hook = format!("BEGINI_WEBHOOK_URL=https://{host}/begini\n");
        let key = format!("BEGINI_API_KEY=k3y-of-the-{class}-5577\n");
        let lacks = |name: &str| !holder.holds.contains(&name);
        let more = [(hook.as_str(), lacks("url")), (key.as_str(), lacks("key"))];
        let more: String = more.iter().filter(|one| one.1).map(|one| one.0).collect();
        scene.write(&path, &[own, rest, more].concat());
    }
    (scene, server)
}

/// One live run, all of its formats and its recording; how many requests it sent.
fn reports(scene: &Scene, server: &Server, told: &mut Told) -> usize {
    let files = Format::ALL.map(|format| format!("{0}=report.{0}", format.as_str()));
    let connected = scene.connected(server, &HOSTS);
    let live = ["--live", "--receiver", "begini/webhook-url", "--record", "run.json", "--plain"];
    let mut typed: Vec<&str> = connected.iter().map(String::as_str).collect();
    typed.extend(live);
    typed.extend(files.iter().flat_map(|file| ["--output", file]));
    let done = scene.check_at(80, &typed);
    assert!(done.output.contains("begini"), "{}{}", done.output, done.errors);
    for format in Format::ALL.map(Format::as_str) {
        told.insert(format!("`--format {format}`"), scene.read(&format!("report.{format}")));
    }
    told.insert("`--plain`, standard error, progress".to_owned(), all_of(&done));
    told.insert("`--record`".to_owned(), scene.read("run.json"));
    server.requests().len()
}

/// What is told without asking anybody.
fn offline(scene: &Scene, told: &mut Told) {
    for (name, typed) in [
        ("`--plan`", vec!["check", "project", "--plan", "--receiver", "begini/webhook-url"]),
        ("`--plan --format json`", vec!["check", "project", "--plan", "--format", "json"]),
        ("`golive environments`", vec!["environments", "project"]),
        (
            "`golive environments --format json`",
            vec!["environments", "project", "--format", "json"],
        ),
        ("`golive diff`", vec!["diff", "project"]),
        ("`golive diff --format json`", vec!["diff", "project", "--format", "json"]),
        ("`golive init --print`", vec!["init", "project", "--print"]),
        ("`golive explain`", vec!["explain", "begini/api-keys-differ"]),
        ("`golive list`", vec!["list"]),
    ] {
        let done = scene.golive(100, &typed);
        assert!(!done.output.is_empty(), "{name}: {}", done.errors);
        told.insert(name.to_owned(), all_of(&done));
    }
    let library = Library::load(builtin()).unwrap();
    let tree = Tree::open(&scene.path().join("project")).unwrap();
    let Ok(project) = Project::read(tree, &Question::of_files(&library)) else { panic!("unread") };
    assert!(project.settings.len() > 5);
    told.insert("debug output of every setting".to_owned(), format!("{:#?}", project.settings));
}

/// What is said of bad input that holds the secrets as this holder writes them.
fn mistaken(holder: &Holder, scene: &Scene, canaries: &[Canary]) -> String {
    let forms: Vec<String> = canaries.iter().map(|one| (holder.form)(&one.value())).collect();
    let each = |one: fn(&str) -> String, between: &str| {
        let all: Vec<String> = forms.iter().map(|form| one(&quoted(form))).collect();
        all.join(between)
    };
    let pairs = || each(|text| format!("{text}: {text}"), ", ");
    let classes = each(|text| format!("{text}: {{ class: {text} }}"), ", ");
    let lines = each(|text| format!("{text}: {text}"), "\n");
    let said = each(|text| format!("  - {{ check: {text}, by: {text} }}"), "\n");
    let mistakes = [
        ("project/golive.yaml", format!("environments: {{ {classes} }}\n"), None),
        ("project/golive.yaml", format!("{lines}\n"), None),
        ("project/golive.yaml", format!("{lines}\nroles: [\n"), None),
        ("project/golive.confirmations.yaml", format!("confirmations:\n{said}\n"), None),
        ("broken/mine/pack.yaml", format!("{lines}\n"), Some("--packs=broken")),
        ("broken.json", format!("{{ {} }}", pairs()), Some("--replay=broken.json")),
        ("broken.json", format!("{{ {}, ", pairs()), Some("--evidence=broken.json")),
    ];
    let mut told = String::new();
    for (file, mistake, typed) in mistakes {
        scene.write(file, &mistake);
        let done = scene.check(&typed.into_iter().collect::<Vec<_>>());
        assert_eq!(done.exit, golive::cli::Exit::CannotWork, "{file}: {}", done.output);
        told += &all_of(&done);
        std::fs::remove_file(scene.path().join(file)).unwrap();
    }
    for form in &forms {
        let done = scene.golive(80, &["fingerprint", "begini/api-key", form]);
        assert_eq!(done.exit, golive::cli::Exit::CannotWork, "{}", done.output);
        told += &all_of(&done);
    }
    told
}

/// All that is told of one holder.
fn told(holder: &Holder, canaries: &[Canary]) -> Told {
    let (scene, server) = stage(holder, canaries);
    let mut told = Told::new();
    let sent = reports(&scene, &server, &mut told);
    // nothing is delivered to an address with user-info
    let least = if holder.holds.contains(&"url") { 3 } else { 20 };
    assert!(sent >= least, "{}: {sent} requests", holder.name);
    if !holder.echoes {
        offline(&scene, &mut told);
        told.insert("errors of bad input".to_owned(), mistaken(holder, &scene, canaries));
    }
    let everything: String = told.values().map(String::as_str).collect();
    for text in holder.shows {
        assert!(everything.contains(text), "{}: nobody speaks of {text}", holder.name);
    }
    told
}

#[test]
fn leaks_are_counted_in_a_table_that_is_current() {
    let canaries = Canary::all();
    let mut table = Table::new(HOLDERS.iter().map(|one| one.name));
    let said: Vec<Told> = std::thread::scope(|scope| {
        let running = HOLDERS.each_ref().map(|holder| scope.spawn(|| told(holder, &canaries)));
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for (column, holder) in HOLDERS.iter().enumerate() {
        let values: Vec<String> = canaries.iter().map(Canary::value).collect();
        let planted: String = if holder.echoes {
            answers(&values.join("-")).concat()
        } else {
            (holder.files)(&values).into_iter().map(|(_, text)| text).collect()
        };
        let found = given_away(&canaries, &planted);
        assert_eq!(found, canaries.len(), "{}: all are planted and can be found", holder.name);
        table.set(column, "what is read", Cell { given: found, of: canaries.len() });
        for (name, text) in &said[column] {
            let given = given_away(&canaries, text);
            table.set(column, name, Cell { given, of: canaries.len() });
        }
    }
    assert_eq!(table.leaking(), BTreeSet::new());
    is_current(&table, Path::new(env!("CARGO_MANIFEST_DIR")));
}

#[test]
fn leaks_of_every_kind_are_counted() {
    let canaries = Canary::all();
    for holder in &HOLDERS {
        for canary in &canaries {
            let value = canary.value();
            let mut texts = encodings(&canary.secret);
            texts.push((holder.form)(&value));
            texts.push(canary.secret[2..8].to_owned());
            texts.push(value.chars().flat_map(|one| [one, '\n']).collect());
            for text in texts {
                let found = given_away(&canaries, &format!("12 settings, all well\n{text}\n"));
                assert_eq!(found, 1, "{}: {text}", holder.name);
            }
        }
    }
    // and one such cell is named, and changes the page
    let mut table = Table::new(["dotenv"]);
    table.set(0, "`golive list`", Cell { given: 0, of: 5 });
    let clean = table.rows();
    table.set(0, "`golive list`", Cell { given: 1, of: 5 });
    assert_eq!(table.leaking(), BTreeSet::from(["`golive list`, dotenv: 1 of 5".to_owned()]));
    assert_ne!(table.rows(), clean);
}
