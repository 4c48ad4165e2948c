"""Your eye: what the user's own decisions say of how much each term counts, and which kind of shoot it is.

``core.taste.taste.Taste`` is the one object to use; ``app.bootstrap.Services`` has it open. For a window:

- after decisions, and when a shoot has been read: ``app.taste_choice.learn_from(shoot, services)`` in a thread of its
  own, then ``taste.learned()`` there, which takes a second at most. Called again nothing is learned twice.
- for the ranking: ``taste.ranking(profile)``, whose points ``with_points`` puts under the user's sliders; once
  ``learned`` was worked out it is a look-up.
- for the page of it: ``learned().verdict`` and ``.terms``, said by ``core.taste.words``; ``shoots``,
  ``leave_out_shoot``, ``leave_out``, ``switch``, ``export``, ``bring``, and ``forget`` (with
  ``AnalysisCache.forget_groups``, as in ``app.cli.taste``).
- profiles: ``services.profiles``, ``taste.profile_of``, ``choose_profile``, ``core.taste.proposing.propose``;
  ``Shoot.forgiven`` takes ``services.forgiven(profile)``.
"""
