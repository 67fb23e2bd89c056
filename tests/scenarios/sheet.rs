//! Scenarios, providers and cases as they are written.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};

use super::format::{Format, Settings};
use super::stage::{MARK, Texts, read};

/// What must come of a project.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Expected {
    /// The check under which it is found.
    #[serde(default)]
    pub check: Option<String>,
    /// A check that finds another of the marked places.
    #[serde(default)]
    pub also: Option<String>,
    /// How much it weighs.
    #[serde(default)]
    pub severity: Option<String>,
    /// How many items there are, where not one at each mark.
    #[serde(default)]
    pub items: Option<usize>,
    /// Whether nothing may be found.
    #[serde(default)]
    pub silent: bool,
    /// How many values of production stand elsewhere, as it is known of them.
    #[serde(default)]
    pub references: u64,
}

/// A mistake, or none, that every format can hold.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Scenario {
    /// What it is.
    pub title: String,
    /// Settings of the sandbox.
    sandbox: Ordered,
    /// Settings of production.
    production: Ordered,
    /// What comes of it.
    #[serde(flatten)]
    pub expected: Expected,
    /// Formats that cannot hold it, each with the reason.
    #[serde(default)]
    pub except: BTreeMap<String, String>,
}

/// A setting whose value shows its environment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provider {
    name: String,
    sandbox: String,
    #[serde(default)]
    live: Option<String>,
    /// A value that is probably live, where none is for certain.
    #[serde(default)]
    guess: Option<String>,
}

/// A project of its own.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    /// What it shows.
    pub title: String,
    /// Its files.
    files: BTreeMap<String, String>,
    /// What comes of it.
    #[serde(flatten)]
    pub expected: Expected,
}

/// A map in the order in which it is written.
#[derive(Clone, Debug, Default)]
struct Ordered(Settings);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: de::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Ordered;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("settings by name")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Ordered, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Ordered(pairs))
            }
        }
        reader.deserialize_map(Pairs)
    }
}

/// A test: a project and what must come of it.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// The project.
    pub texts: Texts,
    /// What comes of it.
    pub expected: Expected,
}

/// A line of the table: what it is, and a cell for each format.
pub(crate) struct Row {
    /// Its name.
    pub name: String,
    /// What it is.
    pub title: String,
    /// By the name of the format: what must come of it, or why it cannot be.
    pub cells: BTreeMap<String, Result<Cell, String>>,
}

/// Everything.
pub(crate) struct Sheets {
    /// The formats by name.
    pub formats: BTreeMap<String, Format>,
    /// Lines of the table.
    pub rows: Vec<Row>,
    /// Cases of one spelling.
    pub spellings: BTreeMap<String, (String, Cell)>,
    /// Cases of silence.
    pub silence: BTreeMap<String, (String, Cell)>,
}

impl Sheets {
    /// Reads the folder.
    pub(crate) fn below(folder: &Path) -> Result<Self, String> {
        let formats: BTreeMap<String, Format> = read(&folder.join("formats.yaml"))?;
        let providers: BTreeMap<String, Provider> = read(&folder.join("providers.yaml"))?;
        let scenarios: BTreeMap<String, Scenario> = read(&folder.join("mistakes.yaml"))?;
        let spellings: BTreeMap<String, Case> = read(&folder.join("spellings.yaml"))?;
        let silence: BTreeMap<String, Case> = read(&folder.join("silence.yaml"))?;
        let of_providers = providers.iter().flat_map(|(name, provider)| provider.scenarios(name));
        let rows: Vec<(String, Scenario)> = of_providers.chain(scenarios).collect();
        let rows =
            rows.into_iter().map(|(name, scenario)| row(name, &scenario, &formats)).collect();
        let quiet = |(name, case): (String, Case)| {
            let expected = Expected { silent: true, ..case.expected };
            let mut files = beside();
            files.extend(case.files);
            (name, (case.title, Cell { texts: Texts(files), expected }))
        };
        let spelt = |(name, case): (String, Case)| {
            (name, (case.title, Cell { texts: Texts(case.files), expected: case.expected }))
        };
        Ok(Self {
            formats,
            rows,
            spellings: spellings.into_iter().map(spelt).collect(),
            silence: silence.into_iter().map(quiet).collect(),
        })
    }
}

/// The project that stands beside a case of silence.
fn beside() -> BTreeMap<String, String> {
    let sandbox = "APP_ENV=sandbox\nSTRIPE_SECRET_KEY=@@join(sk_test_,Qm3vX8Lk2Rt7,Ws5yBn4Dc9Zf)@@\n\
        STRIPE_WEBHOOK_URL=https://sandbox.duka.co.ke/stripe\nPAYPAL_MODE=sandbox\n\
        PAYPAL_BASE_URL=https://api-m.sandbox.paypal.com\n";
    let production = "APP_ENV=production\nSTRIPE_SECRET_KEY=op://live/stripe/key\n\
        STRIPE_WEBHOOK_URL=https://www.duka.co.ke/stripe\nPAYPAL_MODE=live\n\
        PAYPAL_BASE_URL=https://api-m.paypal.com\n";
    let files = [(".env.sandbox", sandbox), (".env.production", production)];
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

fn row(name: String, scenario: &Scenario, formats: &BTreeMap<String, Format>) -> Row {
    let cells = formats.iter().map(|(id, format)| {
        let cell = match scenario.except.get(id) {
            Some(why) => Err(why.clone()),
            None => Ok(Cell {
                texts: format.project(&scenario.sandbox.0, &scenario.production.0),
                expected: scenario.expected.clone(),
            }),
        };
        (id.clone(), cell)
    });
    Row { title: scenario.title.clone(), cells: cells.collect(), name }
}

impl Provider {
    /// As it should be, and each value in the wrong place.
    fn scenarios(&self, pack: &str) -> Vec<(String, Scenario)> {
        let one = |what: &str, title: String, values: [String; 2], found: Option<(&str, &str)>| {
            let [sandbox, production] =
                values.map(|value| Ordered(vec![(self.name.clone(), value)]));
            let expected = Expected {
                check: found.map(|(check, _)| check.to_owned()),
                severity: found.map(|(_, severity)| severity.to_owned()),
                also: None,
                items: None,
                silent: found.is_none(),
                references: 0,
            };
            let except = BTreeMap::new();
            (format!("{pack}-{what}"), Scenario { title, sandbox, production, expected, except })
        };
        let reference = || "<<reference>>".to_owned();
        let (sandbox, marked) = (self.sandbox.clone(), |value: &str| format!("{MARK}{value}"));
        let mut scenarios = vec![
            one("clean", format!("{}: as it should be", self.name), [sandbox, reference()], None),
            one(
                "sandbox-value",
                format!("{}: the sandbox value in production", self.name),
                [reference(), marked(&self.sandbox)],
                Some(("core/sandbox-value-in-production", "blocker")),
            ),
        ];
        let certain = ("core/production-value-in-sandbox", "blocker");
        let live = self.live.as_deref().map(|live| (live, certain));
        let likely = ("core/likely-production-value", "minor");
        let guess = self.guess.as_deref().map(|guess| (guess, likely));
        if let Some((live, found)) = live.or(guess) {
            scenarios.push(one(
                "live-value",
                format!("{}: the live value in the sandbox", self.name),
                [marked(live), reference()],
                Some(found),
            ));
        }
        scenarios
    }
}
