// Runs in the browser as it stands, after React and GraphiQL have put their names on the window.
(function start() {
  // The style that a dialog adds while it is open is let in by the page's policy only under this name.
  window.__webpack_nonce__ = document.currentScript.nonce;

  const { React, ReactDOM, GraphiQL } = window;
  const { endpoint, tabs } = JSON.parse(document.getElementById("settings").textContent);
  const playground = React.createElement(
    GraphiQL,
    {
      fetcher: GraphiQL.createFetcher({ url: new URL(endpoint, window.location.origin).href }),
      storage: GraphiQL.createLocalStorage({ namespace: "chancery" }),
      defaultTabs: tabs.length > 0 ? tabs : undefined,
      defaultEditorToolsVisibility: "variables",
      inputValueDeprecation: true,
      schemaDescription: true,
    },
    React.createElement(GraphiQL.Logo, null, "Chancery"),
  );
  ReactDOM.createRoot(document.getElementById("playground")).render(playground);
})();
