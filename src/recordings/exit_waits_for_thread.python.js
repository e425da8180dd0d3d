contextSwitch.recording("exit_waits_for_thread", "python", 3, [
{"format":1,"program":"exit_waits_for_thread","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact","notes":["Blocking calls in threads run one at a time here; on a real machine their order beside the tasks is not fixed."]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":7},
{"t":0,"ev":"poll","task":0,"line":7},
{"t":0,"ev":"print","task":0,"text":"Hello","line":8},
{"t":0,"ev":"print","task":0,"text":"World","line":10},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
{"t":1000000,"ev":"print","text":"foo","line":15},
]);
