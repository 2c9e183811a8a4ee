// Runs in the browser as it stands, after React and GraphiQL have put their names on the window.
(function start() {
  // The style that a dialog adds while it is open is let in by the page's policy only under this name.
  window.__webpack_nonce__ = document.currentScript.nonce;

  const { React, ReactDOM, GraphiQL } = window;
  const { endpoint, tabs } = JSON.parse(document.getElementById("settings").textContent);
  const url = new URL(endpoint, window.location.origin).href;
  const ask = GraphiQL.createFetcher({ url });

  /** Reads Server-Sent Events, which GraphiQL's own fetcher does not know, until the reader stops it. */
  function follow(parameters, headers) {
    const stopping = new AbortController();
    const events = readEvents(parameters, headers, stopping.signal);
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => events.next(),
      return() {
        stopping.abort();
        return events.return();
      },
    };
  }

  async function* readEvents(parameters, headers, signal) {
    const types = { "content-type": "application/json", accept: "text/event-stream" };
    const body = JSON.stringify(parameters);
    try {
      const response = await fetch(url, { method: "POST", headers: { ...types, ...headers }, body, signal });
      const decoder = new window.TextDecoder();
      let rest = "";
      const reader = response.body.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        const events = (rest + decoder.decode(read.value, { stream: true })).split(/\r?\n\r?\n/);
        rest = events.pop();
        for (const event of events) {
          const data = /^data: ?(.+)$/m.exec(event);
          if (data) yield JSON.parse(data[1]);
        }
      }
      // What is refused is one answer, and no stream.
      if (rest.trim() !== "") yield JSON.parse(rest);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  const isStream = (document, name) =>
    (document?.definitions ?? []).some(
      (each) => each.operation === "subscription" && (name == null || each.name?.value === name),
    );
  const playground = React.createElement(
    GraphiQL,
    {
      fetcher: (parameters, options) =>
        isStream(options?.documentAST, parameters.operationName)
          ? follow(parameters, options?.headers)
          : ask(parameters, options),
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
