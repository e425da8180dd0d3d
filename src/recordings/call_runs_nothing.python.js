contextSwitch.recording("call_runs_nothing", "python", 3, [
{"format":2,"program":"call_runs_nothing","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":6},
{"t":0,"ev":"poll","task":0,"line":6},
{"t":0,"ev":"print","task":0,"text":"called","line":8},
{"t":0,"ev":"print","task":0,"text":"foo","line":13},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
], [
{"async":true,"keeper":"loop","polls":"1 step"},
{"kind":"spawn","t":0,"task":0,"say":["The program starts. ",{"b":"main"}," is ready to run."],"printed":0,"runtime":"starts","tasks":{"0":{"line":4,"name":"main","state":"ready","words":"ready, wants it"}}},
{"kind":"poll","t":0,"task":0,"say":["The event loop runs a step of ",{"b":"main"}," for the first time: now ",{"b":"main"}," has the thread."],"holder":0,"runtime":"","tasks":{"0":{"state":"running","words":"has the thread"}}},
{"kind":"print","t":0,"task":0,"text":"called","say":[{"b":"main"}," prints ",{"q":"called"},"."],"printed":1,"tasks":{"0":{"line":6}}},
{"kind":"print","t":0,"task":0,"text":"foo","say":[{"b":"main"}," prints ",{"q":"foo"},"."],"printed":2,"tasks":{"0":{"line":11}}},
{"kind":"ready","t":0,"task":0,"say":[{"b":"main"}," is finished and gives the thread back."],"holder":null,"runtime":"picks who is next","tasks":{"0":{"state":"done","words":"done"}}},
{"kind":"end","t":0,"task":0,"say":["The program is over."],"runtime":"shuts down"},
]);
