contextSwitch.recording("sleep_never_started", "rust", 6, [
{"format":2,"program":"sleep_never_started","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":10},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"spawn","task":1,"name":"async_sleep","by":0,"line":11},
{"t":0,"ev":"print","task":0,"text":"Hello world!","line":22},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
{"t":0,"ev":"cancel","task":1,"how":"drop"},
], [
{"async":true,"keeper":"runtime","polls":"1 poll"},
{"kind":"spawn","t":0,"task":0,"say":["The program starts. ",{"b":"main"}," is ready to run."],"printed":0,"runtime":"starts","tasks":{"0":{"line":5,"name":"main","state":"ready","words":"ready, wants it"}}},
{"kind":"poll","t":0,"task":0,"say":["The runtime polls ",{"b":"main"}," for the first time: now ",{"b":"main"}," has the thread."],"holder":0,"runtime":"","tasks":{"0":{"state":"running","words":"has the thread"}}},
{"kind":"spawn","t":0,"task":1,"by":0,"say":[{"b":"main"}," spawns ",{"b":"async_sleep"},". It is ready to run, but ",{"b":"main"}," still has the thread."],"tasks":{"0":{"line":6},"1":{"name":"async_sleep","state":"ready","words":"ready, wants it"}}},
{"kind":"print","t":0,"task":0,"text":"Hello world!","say":[{"b":"main"}," prints ",{"q":"Hello world!"},"."],"printed":1,"tasks":{"0":{"line":17}}},
{"kind":"ready","t":0,"task":0,"say":[{"b":"main"}," is finished and gives the thread back."],"holder":null,"runtime":"picks who is next","tasks":{"0":{"state":"done","words":"done"}}},
{"kind":"end","t":0,"task":0,"say":[{"b":"main"}," is done, and that ends the program. Nobody waits for ",{"b":"async_sleep"},"."],"runtime":"shuts down"},
{"kind":"cancel","t":0,"task":1,"how":"drop","say":["The runtime drops ",{"b":"async_sleep"}," before it has run a single line."],"tasks":{"1":{"state":"dropped","words":"dropped"}}},
]);
