//! Java, Kotlin, Groovy, Swift, Dart, C#.

use super::*;

#[test]
fn java() {
    let text = "package x; /* é = \"no\" */\npublic class A {\n  private static final String KEY = \"sk\"; // \"no\"\n\
                \x20 @Value(\"${stripe.key:d}\") private String k;\n  Map<String, String> m = Map.of(\"a\", \"b\", \"c\", \"d\");\n\
                \x20 boolean debug = true; int port = 3_000; String[] l = { \"é\", \"y\" };\n  void f() { System.setProperty(\"p\", \"q\"); Stripe.apiKey = \"sk2\";\n\
                \x20   m.put(\"k\", \"v\"); String s = \"a\" + b; log.info(\"no\"); c.setEnvironment(\"sandbox\"); }\n\
                \x20 enum E { PROD(\"https://p\"), TEST(\"https://t\"); }\n  Foo foo = Foo.builder().apiKey(\"bk\").sandbox(true).build();\n}\n";
    let expected = [
        "3 A/KEY = sk",
        "4 A/Value = ${stripe.key:d}",
        "5 A/m/a = b",
        "5 A/m/c = d",
        "6 A/debug = true",
        "6 A/port = 3_000",
        "6 A/l[0] = é",
        "6 A/l[1] = y",
        "7 A/p = q",
        "7 A/Stripe.apiKey = sk2",
        "8 A/k = v",
        "8 A/c.setEnvironment = sandbox",
        "9 A/E/PROD = https://p",
        "9 A/E/TEST = https://t",
        "10 A/foo.apiKey = bk",
        "10 A/foo.sandbox = true",
    ];
    assert_eq!(rows(Language::Java, text), expected);
}

#[test]
fn kotlin_and_gradle() {
    let text = "object Config { const val KEY: String = \"é\"; val url = System.getenv(\"URL\") ?: \"ud\"\n  val t = \"https://$host/${x.y}\"\n\
                \x20 val m = mapOf(\"a\" to \"b\")\n  val s = Stripe(apiKey = \"n\", debug = false) }\nval raw = \"\"\"a\"b\"\"\"\n\
                val p = \"\\${stripe.key:x}\"\nval w = when (e) { \"prod\" -> \"https://p\"; else -> \"https://s\" }\n";
    let expected = [
        "1 Config/KEY = é",
        "1 Config/url = ${URL:-ud} (ud)",
        "2 Config/t = https://{{host}}/{{x.y}} (https://$host/${x.y})",
        "3 Config/m/a = b",
        "4 Config/s.Stripe/apiKey = n",
        "4 Config/s.Stripe/debug = false",
        "5 raw = a\"b",
        "6 p = ${stripe.key:x} (\\${stripe.key:x})",
        "7 prod = https://p",
    ];
    assert_eq!(rows(Language::Kotlin, text), expected);
    let text = "android { buildTypes { getByName(\"release\") { buildConfigField(\"String\", \"É\", \"\\\"v\\\"\") }\n\
                create(\"staging\") { buildConfigField(\"String\", \"K\", \"\\\"w\\\"\") } } }\n";
    let expected = ["1 android/buildTypes/release/É = v", "2 android/buildTypes/staging/K = w"];
    assert_eq!(rows(Language::Kotlin, text), expected);
}

#[test]
fn groovy() {
    let text = "android {\n  defaultConfig { applicationId \"com.é\"; buildConfigField \"String\", \"KEY\", \"\\\"val\\\"\"\n\
                \x20   resValue 'string', 'rk', 'rv' // c\n    manifestPlaceholders = [auth: \"x\", 'b': \"y\"]\n  }\n  productFlavors {\n    sandbox {\n\
                \x20     buildConfigField 'boolean', 'LIVE', 'false'\n      minifyEnabled true\n    }\n  }\n}\ndef key = \"k-${x}\"\ndependencies { implementation 'com.stripe:stripe:1' }\n";
    let expected = [
        "2 android/defaultConfig/applicationId = com.é",
        "2 android/defaultConfig/KEY = val",
        "3 android/defaultConfig/rk = rv",
        "4 android/defaultConfig/manifestPlaceholders/auth = x",
        "4 android/defaultConfig/manifestPlaceholders/b = y",
        "8 android/productFlavors/sandbox/LIVE = false",
        "9 android/productFlavors/sandbox/minifyEnabled = true",
        "13 key = k-{{x}} (k-${x})",
        "14 dependencies/implementation = com.stripe:stripe:1",
    ];
    assert_eq!(rows(Language::Groovy, text), expected);
}

#[test]
fn swift() {
    let text = "import Foundation /* /* \"no\" */ \"no\" */\nenum Env: String { case production = \"https://é\"\n  case sandbox = \"https://s\" }\n\
                struct Config { static let key: String = \"k\"; let url: String? = \"u\"\n  var base: String { return \"no\" }\n\
                \x20 let d: [String: Any] = [\"a\": \"b\", \"c\": [\"d\": \"e\"]]\n}\nlet p = Pay(publishableKey: \"pk\", env: .production)\n\
                StripeAPI.defaultPublishableKey = \"pk2\"\nlet e = ProcessInfo.processInfo.environment[\"KEY\"] ?? \"kd\"\nlet i = \"https://\\(host)/x\"\n\
                let u = URL(string: \"https://u\")!\nlet r = #\"raw \"x\"#\n";
    let expected = [
        "2 Env/production = https://é",
        "3 Env/sandbox = https://s",
        "4 Config/key = k",
        "4 Config/url = u",
        "6 Config/d/a = b",
        "6 Config/d/c/d = e",
        "8 p.Pay/publishableKey = pk",
        "9 StripeAPI.defaultPublishableKey = pk2",
        "10 e = ${KEY:-kd} (kd)",
        "11 i = https://{{host}}/x (https://\\(host)/x)",
        "12 u = https://u",
        "13 r = raw \"x",
    ];
    assert_eq!(rows(Language::Swift, text), expected);
}

#[test]
fn dart() {
    let text = "import 'package:no';\nclass Config { static const apiKey = 'é'; static const String url = r'u$x'; String get base => 'b';\n\
                \x20 static const e = String.fromEnvironment('E', defaultValue: 'ed'); String? n = 'nn';\n\
                \x20 final m = {'production': {'url': 'x'}, 'l': ['a']}; final t = 'https://$host/${a.b}'; }\n\
                void main() { Stripe.publishableKey = \"pk\"; foo(key: 'x', on: true); Foo()..apiKey = \"c\"; final u = Uri.parse('https://u'); }\n";
    let expected = [
        "2 Config/apiKey = é",
        "2 Config/url = u$x",
        "2 Config/base = b",
        "3 Config/e = ${E:-ed} (ed)",
        "3 Config/n = nn",
        "4 Config/m/production/url = x",
        "4 Config/m/l[0] = a",
        "4 Config/t = https://{{host}}/{{a.b}} (https://$host/${a.b})",
        "5 Stripe.publishableKey = pk",
        "5 foo/key = x",
        "5 foo/on = true",
        "5 Foo.apiKey = c",
        "5 u = https://u",
    ];
    assert_eq!(rows(Language::Dart, text), expected);
}

#[test]
fn c_sharp() {
    let text = "using X;\n#region \"no\"\nnamespace N {\n public class C { // é\n  public const string Key = \"é\"; public string Url { get; set; } = \"u\"; string P => \"p\";\n\
                \x20 string e = Environment.GetEnvironmentVariable(\"E\") ?? \"ed\";\n  Dictionary<string, string> d = new Dictionary<string, string> { { \"a\", \"b\" }, { \"c\", \"d\" } };\n\
                \x20 var o = new Opts { ApiKey = \"ok\", Debug = false };\n  string v = @\"C:\\x\"\"y\"; string i = $\"https://{host}/x\"; string? n = \"nn\";\n\
                \x20 void F() { S.ApiKey = \"sk\"; services.AddX(o => { o.Key = \"lk\"; }); c[\"K\"] = \"ik\"; Call(name: \"nv\"); }\n } }\n";
    let expected = [
        "5 N/C/Key = é",
        "5 N/C/Url = u",
        "5 N/C/P = p",
        "6 N/C/e = ${E:-ed} (ed)",
        "7 N/C/d/a = b",
        "7 N/C/d/c = d",
        "8 N/C/o/ApiKey = ok",
        "8 N/C/o/Debug = false",
        "9 N/C/v = C:\\x\"y (C:\\x\"\"y)",
        "9 N/C/i = https://{{host}}/x (https://{host}/x)",
        "9 N/C/n = nn",
        "10 N/C/S.ApiKey = sk",
        "10 N/C/services.AddX/o.Key = lk",
        "10 N/C/c.K = ik",
        "10 N/C/Call/name = nv",
    ];
    assert_eq!(rows(Language::CSharp, text), expected);
}
