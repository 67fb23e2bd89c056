use super::*;

/// What a file states, a line each: `line name pin text`.
fn rows(path: &str, text: &str) -> Vec<String> {
    let (ecosystem, sort) = sort_of(path).unwrap();
    let mut gathered = Gathered::new(ecosystem, text);
    if sort.is_lock() {
        let wanted = Wanted::new(&library());
        let names = wanted.places(text);
        sort::read_lock(sort, &mut gathered, &names, &|name| wanted.has(ecosystem, name));
    } else {
        sort::read(sort, &mut gathered);
    }
    let source = Arc::new(SourceText::new(path, text));
    let row = |one: Dependency| {
        let line = source.location(one.span).line;
        let shown = one.span.of(text);
        let said = if one.text.is_empty() { String::new() } else { format!(" {}", one.text) };
        let place = if shown == one.text { String::new() } else { format!(" <{shown}>") };
        format!("{line} {} {}{said}{place}", one.name, one.pin.as_str())
    };
    owned(gathered, &source).into_iter().map(row).collect()
}

fn library() -> Library {
    Library::load(crate::pack::builtin()).unwrap()
}

#[test]
fn npm() {
    let text = r#"{"dependencies": {"stripe": "^14.1.0", "a": "1.2.3", "b": "*",
"c": "github:o/c#v1.0.0", "d": "git+https://u:secret@h/d.git#main", "e": "file:../e", "@s/f": "npm:real@~2",
"g": "https://h/g.tgz", "h": "catalog:", "i": "o/i#0123abc"}, "devDependencies": {"j": "1.x"},
"peerDependencies": {"no": "1"}}"#;
    let expected = [
        "1 stripe range ^14.1.0",
        "1 a version 1.2.3",
        "1 b range *",
        "2 c tag v1.0.0 <github:o/c#v1.0.0>",
        "2 d branch main <git+https://u:secret@h/d.git#main>",
        "2 e path ../e <file:../e>",
        "2 real range ~2 <npm:real@~2>",
        "3 g none <https://h/g.tgz>",
        "3 h elsewhere <catalog:>",
        "3 i commit 0123abc <o/i#0123abc>",
        "3 j range 1.x",
    ];
    assert_eq!(rows("package.json", text), expected);
}

#[test]
fn locks_of_npm() {
    let text = "{\"packages\": {\"\": {\"dependencies\": {\"stripe\": \"^14\"}},\n\"node_modules/stripe\": {\n\
                \"version\": \"14.2.0\"}, \"node_modules/@stripe/stripe-js\": {\"version\": \"1.0.1\"},\n\
                \"node_modules/other\": {\"version\": \"9.0.0\"}}}";
    let expected = ["3 stripe version 14.2.0", "3 @stripe/stripe-js version 1.0.1"];
    assert_eq!(rows("package-lock.json", text), expected);
    let yarn = "# yarn\n\n\"@stripe/stripe-js@^1.0\", \"@stripe/stripe-js@^1.1\":\n  version \"1.2.0\"\n\
                \"stripe@npm:^8.0.0\":\n  version: 8.1.0\n  dependencies:\n    qs: ^6\nother@^1:\n  version \"1.0\"\n";
    let expected = ["4 @stripe/stripe-js version 1.2.0", "6 stripe version 8.1.0"];
    assert_eq!(rows("yarn.lock", yarn), expected);
    let pnpm = "packages:\n\n  '@stripe/stripe-js@1.2.0':\n    x: y\n  /stripe/8.1.0:\n  stripe@9.0.0(a@1):\n";
    let expected =
        ["3 @stripe/stripe-js version 1.2.0", "5 stripe version 8.1.0", "6 stripe version 9.0.0"];
    assert_eq!(rows("pnpm-lock.yaml", pnpm), expected);
}

#[test]
fn python() {
    let text = "# no\nstripe==7.1.0 \\\n    --hash=sha256:ab\nTwilio>=8,<9 ; python_version > '3'\n-r base.txt\n\
                -e git+https://t:secret@h/o/r.git@v2.0#egg=square_up\nplain[extra]\na @ git+ssh://git@h/a.git@main\n./local\n";
    let expected = [
        "2 stripe version 7.1.0 <==7.1.0>",
        "4 Twilio range >=8,<9",
        "6 square_up tag v2.0 <git+https://t:secret@h/o/r.git@v2.0#egg=square_up>",
        "7 plain none <plain>",
        "8 a branch main <a>",
    ];
    assert_eq!(rows("requirements-prod.txt", text), expected);
    assert!(sort_of("requirements-dev.txt").is_none());
    let text = "[project]\ndependencies = [\"stripe~=7.0\", \"u\"]\n[project.optional-dependencies]\ndev = [\"no\"]\n\
                pay = [\"adyen==1.0\"]\n[tool.poetry.dependencies]\npython = \"^3\"\nb = \"1.2\"\nc = {git = \"g\", rev = \"abc1234\"}\n\
                [tool.poetry.group.test.dependencies]\nno = \"1\"\n[tool.uv.sources]\nu = { git = \"g\", tag = \"1.0\" }\n";
    let expected = [
        "2 stripe range ~=7.0",
        "13 u tag 1.0",
        "5 adyen version 1.0 <==1.0>",
        "8 b version 1.2",
        "9 c commit abc1234",
    ];
    assert_eq!(rows("pyproject.toml", text), expected);
    let text = "[packages]\nstripe = \"*\"\nb = \"==1.0\"\nc = {path = \"./c\"}\n[dev-packages]\nno = \"*\"\n";
    assert_eq!(
        rows("Pipfile", text),
        ["2 stripe none <*>", "3 b version 1.0 <==1.0>", "4 c path ./c"]
    );
    let text =
        "[options]\ninstall_requires =\n  stripe>=2\n  b\n[options.extras_require]\nx = no\n";
    assert_eq!(rows("setup.cfg", text), ["3 stripe range >=2", "4 b none <b>"]);
    let text = "[[package]]\nname = \"stripe\"\nversion = \"7.1.0\"\n\n[[package]]\nname = \"no\"\nversion = \"1\"\n";
    assert_eq!(rows("poetry.lock", text), ["3 stripe version 7.1.0"]);
    let text = "{\"default\": {\"stripe\": {\"hashes\": [\"x\"],\n\"version\": \"==7.1.0\"}}}";
    assert_eq!(rows("Pipfile.lock", text), ["2 stripe version 7.1.0 <==7.1.0>"]);
}

#[test]
fn ruby() {
    let text = "source 'https://rubygems.org'\ngem 'stripe', '~> 8.0' # no\ngem \"a\", github: 'o/a', branch: 'next'\n\
                gem 'b',\n  :git => 'https://t:secret@h/b',\n  :tag => 'v1'\ngroup :development, :test do\n  gem 'no'\nend\n\
                gem 'c', '1.2.3'\ngem 'd', path: '../d'\ngem 'e', git: 'x'\n";
    let expected = [
        "2 stripe range ~> 8.0",
        "3 a branch next",
        "6 b tag v1",
        "10 c version 1.2.3",
        "11 d path ../d",
        "12 e none <e>",
    ];
    assert_eq!(rows("Gemfile", text), expected);
    let text = "GIT\n  remote: https://t@h/x\n  revision: 0123456789\n  tag: v2\n  specs:\n    plaid (2.0)\n\nGEM\n  remote: https://rubygems.org/\n\
                \x20 specs:\n    stripe (8.1.0)\n      other (> 1)\n\nDEPENDENCIES\n  stripe (~> 8.0)\n";
    assert_eq!(rows("Gemfile.lock", text), ["6 plaid tag v2 <2.0>", "11 stripe version 8.1.0"]);
}

#[test]
fn cocoapods() {
    let text = "platform :ios, '13.0'\ntarget 'App' do\n  use_frameworks!\n  pod 'begini_ios_sdk', :git => 'https://h/x.git', :tag => '1.2.5'\n\
                \x20 pod 'begini_ios_sdk', :git => 'h', :branch => 'development_cm'\n  pod 'A', :git => 'h', :commit => '0a1b2c3'\n\
                \x20 pod 'B/Core', '~> 1.0', :subspecs => ['X', 'Y']\n  pod 'C', :path => '../c'\n  # pod 'no'\n  pod 'D', '1.0.1'\nend\n";
    let expected = [
        "4 begini_ios_sdk tag 1.2.5",
        "5 begini_ios_sdk branch development_cm",
        "6 A commit 0a1b2c3",
        "7 B/Core range ~> 1.0",
        "8 C path ../c",
        "10 D version 1.0.1",
    ];
    assert_eq!(rows("ios/Podfile", text), expected);
    let text = "PODS:\n  - begini_ios_sdk (1.2.5)\n  - Plaid (4.0.0):\n    - Other (= 1)\n  - Other (1.0)\n\nDEPENDENCIES:\n\
                \x20 - \"begini_ios_sdk (from `https://h/x.git`, branch `main`)\"\n\nEXTERNAL SOURCES:\n  begini_ios_sdk:\n    :branch: main\n\
                \x20   :git: https://h/x.git\n";
    let expected = ["12 begini_ios_sdk branch main", "3 Plaid version 4.0.0 <Plaid (4.0.0)>"];
    assert_eq!(rows("Podfile.lock", text), expected);
}

#[test]
fn php() {
    let text = "{\"require\": {\"php\": \">=8\", \"stripe/stripe-php\": \"^10.0\",\n\"a/b\": \"dev-main\", \"a/c\": \"1.2.3\", \"a/d\": \"1.x-dev#abc\"},\n\
                \"require-dev\": {\"no/no\": \"1\"}}";
    let expected = [
        "1 stripe/stripe-php range ^10.0",
        "2 a/b branch main <dev-main>",
        "2 a/c version 1.2.3",
        "2 a/d commit abc <1.x-dev#abc>",
    ];
    assert_eq!(rows("composer.json", text), expected);
    let text = "{\"packages\": [{\n  \"name\": \"stripe/stripe-php\",\n  \"version\": \"v10.1.0\",\n  \"require\": {\"stripe/stripe-php\": \"1\"}}]}";
    assert_eq!(rows("composer.lock", text), ["3 stripe/stripe-php version v10.1.0"]);
}

#[test]
fn java() {
    let text = "<project><properties><v>2.1</v></properties>\n<dependencies><dependency><groupId>com.stripe</groupId>\n\
                <artifactId>stripe-java</artifactId><version>${v}</version></dependency>\n<dependency><groupId>a</groupId><artifactId>b</artifactId></dependency>\n\
                <dependency><groupId>a</groupId><artifactId>c</artifactId><version>[1,2)</version></dependency>\n\
                <dependency><groupId>a</groupId><artifactId>no</artifactId><version>1</version><scope>test</scope></dependency></dependencies></project>";
    let expected =
        ["1 com.stripe:stripe-java version 2.1", "4 a:b elsewhere <b>", "5 a:c range [1,2)"];
    assert_eq!(rows("pom.xml", text), expected);
    let text = "dependencies {\n  implementation \"com.stripe:stripe-java:22.1.0\" // x\n  api('a:b:1.+')\n  testImplementation 'no:no:1'\n\
                \x20 implementation(platform(\"a:bom:1.0\"))\n  compileOnly group: 'g', name: 'n', version: '3'\n  implementation \"a:c:$v\"\n  implementation(libs.x)\n}\n";
    let expected = [
        "2 com.stripe:stripe-java version 22.1.0",
        "3 a:b range 1.+",
        "5 a:bom version 1.0",
        "6 g:n version 3",
        "7 a:c elsewhere <$v>",
    ];
    assert_eq!(rows("app/build.gradle.kts", text), expected);
    let text = "[versions]\ns = \"22.0\"\n[libraries]\nstripe = { module = \"com.stripe:stripe-java\", version.ref = \"s\" }\n\
                b = \"a:b:1.0\"\nc = { group = \"a\", name = \"c\" }\n";
    let expected =
        ["2 com.stripe:stripe-java version 22.0", "5 a:b version 1.0", "6 a:c elsewhere <c>"];
    assert_eq!(rows("gradle/libs.versions.toml", text), expected);
}

#[test]
fn dart() {
    let text = "name: x\ndependencies:\n  flutter:\n    sdk: flutter\n  smile_id: ^10.0.0\n  a:\n    git:\n      url: https://t:secret@h/a\n      ref: v1.0\n\
                \x20 b:\n    path: ../b\n  c: any\n  d:\n    git: https://h/d\n  e: 1.0.0\ndev_dependencies:\n  no: 1.0.0\n";
    let expected = [
        "5 smile_id range ^10.0.0",
        "9 a tag v1.0",
        "11 b path ../b",
        "12 c none <any>",
        "13 d none <d>",
        "15 e version 1.0.0",
    ];
    assert_eq!(rows("pubspec.yaml", text), expected);
    let text = "packages:\n  smile_id:\n    dependency: \"direct main\"\n    description:\n      path: \".\"\n      ref: main\n    source: git\n\
                \x20   version: \"10.0.1\"\n  no:\n    version: \"1\"\n";
    assert_eq!(rows("pubspec.lock", text), ["8 smile_id branch main <10.0.1>"]);
}

#[test]
fn go() {
    let text = "module x\n\ngo 1.22\n\nrequire github.com/stripe/stripe-go/v76 v76.1.0\nrequire (\n\tgithub.com/a/b v1.0.0\n\
                \tgithub.com/no/no v1.0.0 // indirect\n\tgithub.com/a/c v0.0.0-20240101120000-0123456789ab\n)\nreplace github.com/a/b => ../b\n";
    let expected = [
        "5 github.com/stripe/stripe-go/v76 version v76.1.0",
        "11 github.com/a/b path ../b",
        "9 github.com/a/c commit 0123456789ab <v0.0.0-20240101120000-0123456789ab>",
    ];
    assert_eq!(rows("go.mod", text), expected);
}

#[test]
fn dotnet() {
    let text = "<Project Sdk=\"x\">\n<ItemGroup><PackageReference Include=\"Stripe.net\" Version=\"45.0.0\" />\n\
                <PackageReference Include=\"A\"><Version>1.*</Version></PackageReference></ItemGroup>\n\
                <ItemGroup><PackageReference Include=\"B\" /></ItemGroup></Project>";
    let expected = ["2 Stripe.net version 45.0.0", "3 A range 1.*", "4 B elsewhere <B>"];
    assert_eq!(rows("src/App.csproj", text), expected);
    let text = "<packages>\n<package id=\"Twilio\" version=\"6.0\" targetFramework=\"net48\" />\n</packages>";
    assert_eq!(rows("packages.config", text), ["2 Twilio version 6.0"]);
}

#[test]
fn rust() {
    let text = "[dependencies]\na = \"1.2\"\nb = \"=1.2.3\"\nc = { git = \"g\", branch = \"main\" }\nd = { version = \"1\", package = \"real\" }\n\
                e = { workspace = true }\nf.path = \"../f\"\n[dev-dependencies]\nno = \"1\"\n";
    let expected = [
        "2 a range 1.2",
        "3 b version 1.2.3 <=1.2.3>",
        "4 c branch main",
        "5 real range 1",
        "6 e elsewhere <e>",
        "7 f path ../f",
    ];
    assert_eq!(rows("Cargo.toml", text), expected);
}

#[test]
fn swift() {
    let text = "let package = Package(name: \"x\", dependencies: [\n  .package(url: \"https://t:secret@h/inquiry-ios-2.git\", from: \"2.0.0\"),\n\
                \x20 .package(url: \"https://h/a\", .branch(\"main\")),\n  .package(url: \"https://h/b\", exact: \"1.0\"),\n\
                \x20 .package(url: \"https://h/c\", .upToNextMajor(from: \"3.0\")),\n  .package(path: \"../d\"),\n  .package(url: \"https://h/e\", revision: \"abc1234\"),\n\
                \x20 // .package(url: \"https://h/no\", from: \"1\"),\n], targets: [.target(name: \"x\", dependencies: [\n\
                \x20 .product(name: \"PersonaInquirySDK2\", package: \"inquiry-ios-2\")])])\n";
    let expected = [
        "2 inquiry-ios-2 range 2.0.0",
        "3 a branch main",
        "4 b version 1.0",
        "5 c range 3.0",
        "6 d path ../d",
        "7 e commit abc1234",
        "2 PersonaInquirySDK2 range 2.0.0",
    ];
    assert_eq!(rows("Package.swift", text), expected);
}

#[test]
fn hostile_texts_state_nothing_wrong() {
    let deep = "[".repeat(200_000);
    let mut texts = vec![String::new(), deep, "{\"dependencies\": {\"stripe\": ".to_owned()];
    texts.push("\"stripe\": {".repeat(50_000));
    texts.push("pod 'é\", :tag => '\u{202e}', \n(((".repeat(2_000));
    texts.push("\"stripe\"\n  stripe (\n[[package]]\nname=stripe\n".repeat(5_000));
    let wanted = Wanted::new(&library());
    for path in ALL {
        for text in &texts {
            let (ecosystem, sort) = sort_of(path).unwrap();
            let mut gathered = Gathered::new(ecosystem, text);
            sort::read(sort, &mut gathered);
            sort::read_lock(sort, &mut gathered, &wanted.places(text), &|_| true);
            for one in gathered.found {
                assert!(one.span.end_offset() <= text.len(), "{path}");
                assert!(one.pinned.text.len() < 100 && one.name.len() < 300, "{path}");
            }
        }
    }
}

const ALL: [&str; 29] = [
    "package.json",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "requirements.txt",
    "pyproject.toml",
    "Pipfile",
    "Pipfile.lock",
    "setup.cfg",
    "poetry.lock",
    "Gemfile",
    "Gemfile.lock",
    "composer.json",
    "composer.lock",
    "pom.xml",
    "build.gradle",
    "libs.versions.toml",
    "Podfile",
    "Podfile.lock",
    "pubspec.yaml",
    "pubspec.lock",
    "go.mod",
    "a.csproj",
    "packages.config",
    "Cargo.toml",
    "Cargo.lock",
    "Package.swift",
    "Package.resolved",
    "uv.lock",
];

/// The packages of a folder, a line each.
fn of_files(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let full = folder.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }
    let tree = Tree::open(folder.path()).unwrap();
    let listing = tree.list();
    let row = |one: &Dependency| {
        let locked = one.locked.as_ref().map_or_else(String::new, |at| format!(" at {at}"));
        format!("{} {} {} {}{locked}", one.source.path(), one.name, one.pin.as_str(), one.text)
    };
    found(&tree, &listing.files, &library()).0.iter().map(row).collect()
}

#[test]
fn a_lock_file_stands_for_itself_where_no_list_lies_beside_it() {
    let lock = "{\"packages\": {\"node_modules/stripe\": {\"version\": \"14.2.0\"},\n\
                \"node_modules/plaid\": {\"version\": \"1.0.0\"}}}";
    let both = [
        ("package.json", "{\"dependencies\": {\"stripe\": \"^14\"}}"),
        ("package-lock.json", lock),
    ];
    assert_eq!(of_files(&both), ["package.json stripe range ^14 at 14.2.0"]);
    let alone = of_files(&[("web/package-lock.json", lock)]);
    assert_eq!(
        alone,
        [
            "web/package-lock.json stripe version 14.2.0",
            "web/package-lock.json plaid version 1.0.0"
        ]
    );
}

#[test]
fn a_lock_file_that_holds_a_branch_contradicts_a_tag() {
    let list = "pod 'begini_ios_sdk', :git => 'h', :tag => '1.2.5'\n";
    let lock = "PODS:\n  - begini_ios_sdk (1.2.5)\nEXTERNAL SOURCES:\n  begini_ios_sdk:\n    :branch: main\n";
    assert_eq!(
        of_files(&[("Podfile", list), ("Podfile.lock", lock)]),
        ["Podfile begini_ios_sdk tag 1.2.5", "Podfile.lock begini_ios_sdk branch main"]
    );
}

#[test]
fn tests_templates_and_foreign_code_are_not_the_projects_own() {
    let list = "{\"dependencies\": {\"stripe\": \"^14\"}}";
    let lock = "{\"packages\": {\"node_modules/stripe\": {\"version\": \"14.2.0\"}}}";
    let found = of_files(&[
        ("node_modules/a/package.json", list),
        ("tests/app/package.json", list),
        ("docs/package.json", list),
        ("tests/app/package-lock.json", lock),
    ]);
    assert_eq!(found, Vec::<String>::new());
}

fn project(files: &[(&str, &[u8])]) -> crate::project::Project {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let library = library();
    let question = crate::project::Question::of_files(&library);
    let tree = Tree::open(folder.path()).unwrap();
    crate::project::Project::read(tree, &question).unwrap_or_else(|_| panic!("it can be read"))
}

#[test]
fn a_pack_is_recognised_by_a_package_where_no_setting_speaks_of_it() {
    let list = b"{\n\"dependencies\": {\"stripe\": \"^14\",\n\"@mollie/api-client\": \"1.0.0\"}}";
    let read = project(&[("package.json", list), (".env", b"STRIPE_SECRET_KEY=x\n")]);
    let by: Vec<(&str, &str)> =
        read.recognised.iter().map(|seen| (&*seen.pack, &*seen.by)).collect();
    assert_eq!(
        by,
        [("mollie", "@mollie/api-client in package.json:3"), ("stripe", "STRIPE_SECRET_KEY")]
    );
    let place = read.recognised.first().unwrap().at.as_ref().unwrap();
    assert_eq!(place.1.of(place.0.text()), "1.0.0");
}

#[test]
fn a_list_that_cannot_be_read_is_said() {
    let read = project(&[("Podfile", b"pod 'a\xff\xfe\x00'")]);
    let unreadable: Vec<&str> = read.unreadable.iter().map(|note| &*note.path).collect();
    assert_eq!(unreadable, ["Podfile"]);
}
