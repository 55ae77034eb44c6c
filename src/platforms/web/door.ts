/** What people without a session may reach, and the guard before everything else. */
import type { Hono } from 'hono';
import { readLoginForm, limitSmallForm } from './read-form.ts';
import { renderLoginPage } from './page.ts';
import type { RouteParts } from './route-parts.ts';
import { sendAsset } from './send-file.ts';

export function addDoor(app: Hono, { assets, login }: Pick<RouteParts, 'assets' | 'login'>): void {
  app.get('/web/assets/:version/:name', (context) =>
    sendAsset(context, assets.find(context.req.param('name'))),
  );
  if (!login) return;
  app.get('/web/login', (context) => {
    context.header('Cache-Control', 'no-store');
    return context.html(renderLoginPage(assets.base, ''));
  });
  app.post('/web/login', limitSmallForm, async (context) => {
    const { token } = await readLoginForm(context);
    switch (await login.tryToken(context, token)) {
      case 'welcome':
        return context.redirect('/', 303);
      case 'wrong':
        return context.html(renderLoginPage(assets.base, 'That token is not right.'), 401);
      case 'too-often':
        context.header('Retry-After', '60');
        return context.html(
          renderLoginPage(assets.base, 'Too many tries. Wait a minute, then try again.'),
          429,
        );
    }
  });
  app.use('/', login.guard);
  app.use('/web/*', login.guard);
  app.post('/web/logout', limitSmallForm, (context) => {
    login.end(context);
    return context.redirect('/web/login', 303);
  });
}
