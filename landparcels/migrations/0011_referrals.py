import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0004_grid_without_doubled_index'),
        ('landparcels', '0010_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requirement', models.JSONField()),
                ('link', models.CharField(blank=True, db_default='', default='', max_length=2000)),
                ('note', models.TextField(blank=True, db_default='', default='')),
                ('state', models.CharField(choices=[('open', '待回复 Open'), ('accepted', '已接收 Accepted'), ('declined', '已婉拒 Declined'), ('withdrawn', '已撤回 Withdrawn')], db_default='open', default='open', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, db_default='', default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.region')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.region')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'declined', 'withdrawn'])), name='referral_state_known'), models.CheckConstraint(condition=models.Q(('from_region', models.F('to_region')), _negated=True), name='referral_goes_elsewhere'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='referral_answered_by_someone')],
            },
        ),
        audited('landparcels_referral'),
        versioned('landparcels_referral', 'referrals'),
    ]
