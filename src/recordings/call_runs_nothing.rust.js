contextSwitch.recording("call_runs_nothing", "rust", 6, [
{"format":2,"program":"call_runs_nothing","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":7},
{"t":0,"ev":"poll","task":0,"line":7},
{"t":0,"ev":"print","task":0,"text":"called","line":9},
{"t":0,"ev":"print","task":0,"text":"foo","line":14},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
], [
{"async":true,"keeper":"runtime","polls":"1 poll"},
{"kind":"spawn","t":0,"task":0,"say":["The program starts. ",{"b":"main"}," is ready to run."],"printed":0,"runtime":"starts","tasks":{"0":{"line":2,"name":"main","state":"ready","words":"ready, wants it"}}},
{"kind":"poll","t":0,"task":0,"say":["The runtime polls ",{"b":"main"}," for the first time: now ",{"b":"main"}," has the thread."],"holder":0,"runtime":"","tasks":{"0":{"state":"running","words":"has the thread"}}},
{"kind":"print","t":0,"task":0,"text":"called","say":[{"b":"main"}," prints ",{"q":"called"},"."],"printed":1,"tasks":{"0":{"line":4}}},
{"kind":"print","t":0,"task":0,"text":"foo","say":[{"b":"main"}," prints ",{"q":"foo"},"."],"printed":2,"tasks":{"0":{"line":9}}},
{"kind":"ready","t":0,"task":0,"say":[{"b":"main"}," is finished and gives the thread back."],"holder":null,"runtime":"picks who is next","tasks":{"0":{"state":"done","words":"done"}}},
{"kind":"end","t":0,"task":0,"say":["The program is over."],"runtime":"shuts down"},
]);
