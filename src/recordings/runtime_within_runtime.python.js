contextSwitch.recording("runtime_within_runtime", "python", 3, [
{"format":2,"program":"runtime_within_runtime","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":6},
{"t":0,"ev":"poll","task":0,"line":6},
{"t":0,"ev":"print","task":0,"text":"a thread runs one loop at a time","line":12},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
], [
{"async":true,"keeper":"loop","polls":"1 step"},
{"kind":"spawn","t":0,"task":0,"say":["The program starts. ",{"b":"main"}," is ready to run."],"printed":0,"runtime":"starts","tasks":{"0":{"line":4,"name":"main","state":"ready","words":"ready, wants it"}}},
{"kind":"poll","t":0,"task":0,"say":["The event loop runs a step of ",{"b":"main"}," for the first time: now ",{"b":"main"}," has the thread."],"holder":0,"runtime":"","tasks":{"0":{"state":"running","words":"has the thread"}}},
{"kind":"print","t":0,"task":0,"text":"a thread runs one loop at a time","say":[{"b":"main"}," prints ",{"q":"a thread runs one loop at a time"},"."],"printed":1,"tasks":{"0":{"line":10}}},
{"kind":"ready","t":0,"task":0,"say":[{"b":"main"}," is finished and gives the thread back."],"holder":null,"runtime":"picks who is next","tasks":{"0":{"state":"done","words":"done"}}},
{"kind":"end","t":0,"task":0,"say":["The program is over."],"runtime":"shuts down"},
]);
