// The assessment of Begini. The server creates the session and decides nothing before the webhook;
// this app never reads begini_success, whatever the link says.
import 'dart:convert';
import 'package:http/http.dart' as http;

class Assessment {
  Future<Uri> start(String application) async {
    final answer = await http.post(server.resolve('/assessments/$application'));
    return Uri.parse(jsonDecode(answer.body)['url'] as String);
  }

  void opened(Uri link) {
    final application = link.queryParameters['application'];
    router.show(WaitingPage(application, provider: 'begini'));
  }
}
