//! Python, Ruby, Go.

use super::*;

#[test]
fn python() {
    let text = "\u{feff}\"\"\"é = \"no\" \"\"\"\r\n# A = 'no'\r\nDEBUG = True\r\nA = os.environ.get(\"A\", 'é')\r\n\
                B: str = os.getenv(\"B\") or \"bd\"\r\nC = env.bool(\"C\", default=False)\r\nD = os.environ[\"D\"]\r\n\
                E = f\"https://{host}/{os.environ['EE']}/{{x}}\"\r\nF = r\"a\\n\"\r\nclass Prod(Base):\r\n    \"\"\"no\"\"\"\r\n    KEY = \"k\"\r\n\r\n\
                \x20   NEST = {\"stripe\": {'secret': \"s\", \"l\": [1, \"b\"]}}\r\n\r\n    def f(self, key=\"param\"):\r\n        self.x = \"y\"\r\n        return \"no\"\r\n\r\n\
                stripe.api_key = \"sk\"\r\nclient = Stripe(api_key=\"sk2\", debug=False)\r\nos.environ[\"K\"] = \"kv\"\r\n\
                if x == \"production\":\r\n    Z = \"z\"\r\nelse: Y = \"y\"\r\nW = \"a\" if env == \"live\" else \"b\"\r\n\
                a, b = \"1\", \"2\"\r\nM = (\"one\")\r\nN = (\"a\"\r\n  \"b\")\r\nO = \"%s\" % x\r\nSET = config('X', default='xd')\r\nLAST = \"\"\"l\"\"\"";
    let expected = [
        "3 DEBUG = True",
        "4 A = ${A:-é} (é)",
        "5 B = ${B:-bd} (bd)",
        "6 C = ${C:-False} (False)",
        "7 D = ${D} (os.environ[\"D\"])",
        "8 E = https://{{host}}/${EE}/{x} (https://{host}/{os.environ['EE']}/{{x}})",
        "9 F = a\\n",
        "12 Prod/KEY = k",
        "14 Prod/NEST/stripe/secret = s",
        "14 Prod/NEST/stripe/l[0] = 1",
        "14 Prod/NEST/stripe/l[1] = b",
        "16 Prod/f/key = param",
        "17 Prod/x = y",
        "20 stripe.api_key = sk",
        "21 client.Stripe/api_key = sk2",
        "21 client.Stripe/debug = False",
        "22 K = kv",
        "24 Z = z",
        "25 Y = y",
        "26 W.live = a",
        "26 W.else = b",
        "28 M = one",
        "32 SET = ${X:-xd} (xd)",
        "33 LAST = l",
    ];
    assert_eq!(rows(Language::Python, text), expected);
}

#[test]
fn ruby() {
    let text = "# é = \"no\"\n=begin\nA = \"no\"\n=end\nStripe.api_key = \"é\"\nRails.application.configure do\n  config.x.y = 'z' # c\n\
                \x20 config.debug = false\n  config.hosts << \"no\"\n  config.a = ENV.fetch(\"A\", \"ad\")\n  config.b = ENV.fetch(\"B\") { \"bd\" }\n\
                \x20 config.c = ENV[\"C\"] || 'cd'\n  config.opts = { host: \"h\", :port => 80, 'k' => 'v' }\nend\n\
                class Prod < Base\n  KEY = \"k\".freeze\n  URL = \"https://#{host}/#{ENV['UU']}\"\n  def foo\n    @x = 'y' if Rails.env.production?\n    raise \"no\"\n  end\nend\n\
                pod 'Stripe', '~> 5', :git => 'https://g'\nENV['E'] ||= \"ev\"\nconfigure :production do\n  set :key, 'ck'\nend\n\
                W = %w[a b]\nT = <<~EOS\n  KEY = \"no\"\nEOS\nL = x.nil? ? 'p' : 'q'\nputs \"no\"\n";
    let expected = [
        "5 Stripe.api_key = é",
        "7 config.x.y = z",
        "8 config.debug = false",
        "10 config.a = ${A:-ad} (ad)",
        "11 config.b = ${B:-bd} (bd)",
        "12 config.c = ${C:-cd} (cd)",
        "13 config.opts/host = h",
        "13 config.opts/port = 80",
        "13 config.opts/k = v",
        "16 Prod/KEY = k",
        "17 Prod/URL = https://{{host}}/${UU} (https://#{host}/#{ENV['UU']})",
        "19 Prod/x = y",
        "23 pod.git = https://g",
        "23 pod.Stripe = ~> 5",
        "24 E = ev",
        "26 production/key = ck",
        "28 W[0] = a",
        "28 W[1] = b",
        "30 T =   KEY = \"no\"",
        "32 L.then = p",
        "32 L.else = q",
    ];
    assert_eq!(rows(Language::Ruby, text), expected);
}

#[test]
fn go() {
    let text = "package main\nimport (\n\t\"no\"\n)\nconst Key = \"é\" // c\nconst (\n\tA = \"a\"\n\tB string = \"b\"\n)\n\
                var cfg = Config{APIKey: \"ck\", In: &Inner{URL: `u`}, L: []string{\"x\", \"y\"}}\nfunc f() *T {\n\
                \tstripe.Key = \"sk\"\n\tm := map[string]string{\"p\": \"q\"}\n\te := getEnv(\"E\", \"ed\")\n\tos.Setenv(\"S\", \"sv\")\n\
                \tx, err := Open(\"arg\")\n\tif x == \"production\" {\n\t\ty = \"yy\"\n\t}\n\treturn &T{Z: \"zz\"}\n}\n\
                type C struct {\n\tF string `json:\"no\"`\n}\nvar debug bool = true\nvar rate = 0.5\n";
    let expected = [
        "5 Key = é",
        "7 A = a",
        "8 B = b",
        "10 cfg/APIKey = ck",
        "10 cfg/In/URL = u",
        "10 cfg/L[0] = x",
        "10 cfg/L[1] = y",
        "12 stripe.Key = sk",
        "13 m/p = q",
        "14 e = ${E:-ed} (ed)",
        "15 S = sv",
        "16 Open = arg",
        "18 y = yy",
        "20 T/Z = zz",
        "25 debug = true",
        "26 rate = 0.5",
    ];
    assert_eq!(rows(Language::Go, text), expected);
}
