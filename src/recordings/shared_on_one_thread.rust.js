contextSwitch.recording("shared_on_one_thread", "rust", 7, [
{"format":1,"program":"shared_on_one_thread","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":12},
{"t":0,"ev":"poll","task":0,"line":12},
{"t":0,"ev":"wake","task":0,"by":0},
{"t":0,"ev":"pending","task":0,"on":null},
{"t":0,"ev":"poll","task":0},
{"t":0,"ev":"print","task":0,"text":"3 times one is 3","line":20},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
