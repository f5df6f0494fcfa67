// Before anything is drawn: the language, its direction and the colour scheme chosen last time, so that nothing flashes.
(function () {
  var root = document.documentElement;
  var read = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var language = read('medflow.language');
  if (/^(fr|en|ar)$/.test(language) && language !== root.lang) {
    root.lang = language;
    root.dir = language === 'ar' ? 'rtl' : 'ltr';
    // What the page says before the client comes is in the browser's language.
    root.setAttribute('data-other-language', '');
  }
  var scheme = read('mantine-color-scheme-value');
  var dark =
    scheme === 'dark' || ((scheme === 'auto' || !scheme) && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');

  // The client runs once what the page says has been painted; at once where nobody looks, for nothing is painted there.
  var run = function () {
    var client = document.getElementById('client');
    if (!client) return;
    var script = document.createElement('script');
    script.type = 'module';
    script.crossOrigin = '';
    script.src = client.href;
    client.removeAttribute('id');
    document.head.append(script);
  };
  document.addEventListener('DOMContentLoaded', function () {
    if (document.hidden) return run();
    requestAnimationFrame(function () {
      setTimeout(run);
    });
    setTimeout(run, 1000);
  });
})();
